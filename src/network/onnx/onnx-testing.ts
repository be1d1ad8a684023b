import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { filesOfBlobs } from '../files/network-files';
import type { Graph } from '../network-graph';
import { readOnnxFiles } from './read-onnx';

const fixtures = path.join(import.meta.dirname, 'fixtures');

export const fixture = (file: string): Buffer<ArrayBuffer> => readFileSync(path.join(fixtures, file));

export const fixtureText = (file: string): string => fixture(file).toString();

/** What the reader makes of a file as it is dropped on the page, with others beside it. */
export async function graphOf(
  bytes: Uint8Array<ArrayBuffer>,
  beside: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {},
): Promise<Graph> {
  const files = Object.entries({ 'network.onnx': bytes, ...beside }).map(([name, content]) => ({
    path: name,
    blob: new Blob([content]),
  }));
  const options = { signal: new AbortController().signal, onBytes: () => {} };
  return (await readOnnxFiles(filesOfBlobs(files, 'network.onnx'), options)).graph;
}

/** The picture of the fixtures' recipes. */
export const picture = (size: number) =>
  tf.tensor4d(
    Float32Array.from({ length: size * size * 3 }, (_, i) => ((i * 7919) % 1000) / 500 - 1),
    [1, size, size, 3],
  );

/** Largest difference as part of the largest expected value. */
export function distance(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value))) / scale;
}
