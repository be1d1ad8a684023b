import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { distillationGradient, distillationLoss } from './distillation';
import torch from './fixtures/distillation.json';
import { batchLoss, lossGradient } from './loss';

const [batch, classes] = [5, 4];
const logits = Float32Array.from({ length: batch * classes }, (_, i) => ((7919 * i) % 251) / 40 - 3);
const teacher = Float32Array.from({ length: batch * classes }, (_, i) => ((104729 * i) % 241) / 30 - 4);
const { labels, cases } = torch;

beforeAll(() => startBackend('cpu'));

describe.each(cases)('distillation, weight $weight at temperature $temperature', (expected) => {
  const { smoothing, weight, temperature } = expected;
  const taught = { logits: teacher, weight, temperature };

  it('has the loss of PyTorch', () => {
    expect(distillationLoss(logits, labels, smoothing, taught)).toBeCloseTo(expected.loss, 6);
  });

  it('has its gradient', async () => {
    const own = tf.tensor2d(logits, [batch, classes]);
    const gradient = distillationGradient(own, labels, smoothing, taught);
    const values = await gradient.data();
    tf.dispose([own, gradient]);
    expected.gradient.forEach((value, i) => {
      expect(Math.abs(values[i] - value)).toBeLessThan(1e-6);
    });
  });
});

it('without a share of the teacher is the loss of the labels', async () => {
  const taught = { logits: teacher, weight: 0, temperature: 3 };
  const { loss } = batchLoss(logits, labels, classes, 0.1);
  expect(distillationLoss(logits, labels, 0.1, taught)).toBeCloseTo(loss, 9);
  const own = tf.tensor2d(logits, [batch, classes]);
  const [one, other] = [distillationGradient(own, labels, 0.1, taught), lossGradient(own, labels, 0.1)];
  const [values, plain] = [await one.data(), await other.data()];
  tf.dispose([own, one, other]);
  values.forEach((value, i) => {
    expect(Math.abs(value - plain[i])).toBeLessThan(1e-7);
  });
});
