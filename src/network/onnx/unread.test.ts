import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { bytesInMemory } from '../files/stored-bytes';
import { NetworkError } from '../network-errors';
import { readModel } from './onnx-messages';
import { fixtureText, graphOf } from './onnx-testing';

/** What the page says of a file, what it computes in letters, and which of its tensors it leaves out on purpose. */
async function answerTo(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ says: string | null; specs?: string; unused: string[] }> {
  try {
    const graph = await graphOf(Uint8Array.from(bytes));
    for (const output of graph.outputs) buildNetwork(graph, { output }).dispose();
    const specs = JSON.stringify(graph.nodes);
    return { says: null, specs, unused: (graph.unused ?? []).map(({ name }) => name) };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { says: error.message, unused: [] };
  }
}

const folders = [
  path.join(import.meta.dirname, 'fixtures'),
  path.join(import.meta.dirname, '../scaling/fixtures'),
];
const files: [string, () => Uint8Array<ArrayBuffer>][] = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.onnx'))
    .map((name): [string, () => Uint8Array<ArrayBuffer>] => [
      name,
      () => Uint8Array.from(readFileSync(path.join(folder, name))),
    ]),
);
for (const list of ['ordinary.json', 'operations.json']) {
  const entries: Record<string, { onnx: string; says?: string }> = JSON.parse(fixtureText(list));
  for (const [name, { onnx, says }] of Object.entries(entries)) {
    if (says === undefined) files.push([name, () => Uint8Array.from(Buffer.from(onnx, 'base64'))]);
  }
}

/** What statistics are computed from that a batch normalisation in training mode only passes on: a copy of its weights. */
const statisticsOfTraining = new Set(['onnx::ReduceMean_38']);

beforeAll(() => startBackend('cpu'));

describe('every tensor of a file is computed with, or named as unused on purpose', () => {
  it.each(files)('%s', async (_, read) => {
    const bytes = read();
    const sound = await answerTo(bytes);
    expect(sound.says).toBeNull();
    const FLOAT32 = 1;
    for (const { name, type, raw, floats } of readModel(bytesInMemory(bytes)).graph.initializers) {
      const numbers = (raw ?? floats)?.bytes();
      if (type !== FLOAT32 || !numbers || sound.unused.includes(name)) continue;
      if (statisticsOfTraining.has(name)) continue;
      // The tensor is a view of the file.
      const kept = Uint8Array.from(numbers);
      numbers.fill(0xff);
      const { says, specs } = await answerTo(bytes);
      // What is not a number is refused where it is computed with, or it is a setting of an operation.
      if (says !== null) expect(says, name).toMatch(/NaN/);
      else expect(specs, name).not.toBe(sound.specs);
      numbers.set(kept);
    }
  });
});
