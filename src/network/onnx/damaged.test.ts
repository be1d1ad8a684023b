import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { NetworkError } from '../network-errors';
import { fixture, fixtureText, graphOf } from './onnx-testing';

interface Damaged {
  what: string;
  /** The file as base64, and others beside it. */
  onnx: string;
  beside: Record<string, string>;
  /** Part of the message that is expected; empty for a sound file. */
  says: string;
}

const files: Damaged[] = JSON.parse(fixtureText('damaged.json'));

const decoded = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));

/** Reads and builds a network; gives back why it is refused, or null. */
async function refusal(...file: Parameters<typeof graphOf>): Promise<NetworkError | null> {
  try {
    buildNetwork(await graphOf(...file)).dispose();
    return null;
  } catch (error) {
    if (error instanceof NetworkError) return error;
    throw error;
  }
}

beforeAll(() => startBackend('cpu'));

describe('files that are damaged say so, and nothing stays behind', () => {
  it.each(files)('$what', async ({ onnx, beside, says }) => {
    const before = tf.memory().numTensors;
    const others = Object.fromEntries(Object.entries(beside).map(([name, text]) => [name, decoded(text)]));
    const error = await refusal(decoded(onnx), others);
    if (says === '') expect(error).toBeNull();
    else expect(error?.message ?? 'It is read.').toContain(says);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('mutants of sound files', () => {
  const count = Number(process.env.SUPERSIGN_MUTANTS ?? 300);

  it(`${count} of them are read or refused, never anything else`, async () => {
    const sound = ['shufflenet.onnx', 'convnext.onnx', 'mobilenet_v1.onnx'].map((name) =>
      Uint8Array.from(fixture(name)),
    );
    const written: Record<string, Damaged> = JSON.parse(fixtureText('operations.json'));
    sound.push(...Object.values(written).map(({ onnx }) => decoded(onnx)));
    const small = decoded(files[0].onnx);
    const random = generator(11);
    const { numTensors } = tf.memory();
    let refused = 0;
    for (let i = 0; i < count; i++) {
      const source = random() < 0.4 ? small : sound[Math.floor(random() * sound.length)];
      const error = await refusal(mutant(source, random));
      if (error) {
        refused++;
        expect(error.message.length).toBeLessThan(2000);
      }
    }
    expect(refused).toBeGreaterThan(count / 10);
    expect(tf.memory().numTensors).toBe(numTensors);
  }, 600_000);
});

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy with bits flipped, bytes replaced, a stretch cut out, repeated, or the end missing. */
function mutant(source: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(source);
  // The nodes come first; behind them lie the weights, where most changes change nothing but numbers.
  const place = () => Math.floor(random() * (random() < 0.7 ? Math.min(3000, bytes.length) : bytes.length));
  const kind = random();
  if (kind < 0.1) return bytes.slice(0, place());
  if (kind < 0.3) {
    const at = place();
    const length = Math.floor(random() * 64);
    const stretch = kind < 0.2 ? [] : [...bytes.slice(at, at + length), ...bytes.slice(at, at + length)];
    return Uint8Array.from([...bytes.slice(0, at), ...stretch, ...bytes.slice(at + length)]);
  }
  const extremes = [0, 1, 0x7f, 0x80, 0xff];
  for (let i = 1 + Math.floor(random() * 8); i > 0; i--) {
    const at = place();
    if (kind < 0.65) bytes[at] ^= 1 << Math.floor(random() * 8);
    else bytes[at] = extremes[Math.floor(random() * extremes.length)];
  }
  return bytes;
}
