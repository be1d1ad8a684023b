import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { readMutant } from './testing/mutants';

beforeAll(() => startBackend('cpu'));

it('damaged files are read, or answered with a sentence, and leave nothing behind', async () => {
  const before = tf.memory().numTensors;
  const answers = new Map<string | null, number>();
  // `tools/fuzz-networks.ts` goes on where this ends.
  for (let seed = 1; seed <= 300; seed++) {
    const says = await readMutant(seed);
    answers.set(says, (answers.get(says) ?? 0) + 1);
  }
  expect(tf.memory().numTensors).toBe(before);
  // Damage of many kinds is met, and some of it does not matter.
  expect(answers.size).toBeGreaterThan(12);
  expect(answers.get(null)).toBeGreaterThan(30);
});
