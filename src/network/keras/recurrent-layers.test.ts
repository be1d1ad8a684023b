import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { predict } from '../run-network';
import { inputGradient } from '../testing/referee';
import { relativeError } from '../testing/relative-error';
import { readKerasBytes } from './keras-testing';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const side = 8;

/** Logits, and the gradient of the highest one towards the picture, as Keras computed them; by `recurrent.py`. */
const references: Record<string, { logits: number[]; gradient: number[] }> = JSON.parse(
  readFileSync(path.join(fixtures, 'references-recurrent.json'), 'utf8'),
);

beforeAll(() => startBackend('cpu'));

describe('rows of a picture read as a sequence, as Keras saved it', () => {
  it.each(Object.entries(references))(
    '%s: logits and gradient are those of Keras',
    async (file, { logits, gradient }) => {
      const { graph } = await readKerasBytes(file, readFileSync(path.join(fixtures, file)));
      const network = buildNetwork(graph);
      const values = Float32Array.from({ length: side * side * 3 }, (_, i) => ((7919 * i) % 251) / 125 - 1);
      const x = tf.tensor4d(values, [1, side, side, 3]);
      expect(relativeError(await predict(network, x, async () => {}), logits)).toBeLessThan(1e-5);
      const target = logits.indexOf(Math.max(...logits));
      expect(relativeError(await inputGradient(network, x, target), gradient)).toBeLessThan(1e-4);
      x.dispose();
      network.dispose();
    },
  );
});
