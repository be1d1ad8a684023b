import { describe, expect, test } from 'vitest';
import { dice } from './drawing/dice';
import { pictograph } from './index';

const SIDE = 32;
const TRAINING = 4000;
const FRESH = 1000;

/** Softmax regression by gradient descent with momentum in batches of 100, its rate falling to zero: the share of fresh rows it labels rightly. */
function linearAccuracy(
  rows: Float32Array,
  labels: Uint8Array,
  width: number,
  rate: number,
  rounds: number,
): number {
  const classes = 10;
  const weights = new Float32Array(classes * (width + 1));
  const speed = new Float32Array(weights.length);
  const gradient = new Float32Array(weights.length);
  const scores = new Float64Array(classes);
  const score = (row: number): void => {
    for (let k = 0; k < classes; k++) {
      const from = k * (width + 1);
      let sum = weights[from + width];
      for (let i = 0; i < width; i++) sum += weights[from + i] * rows[row * width + i];
      scores[k] = sum;
    }
  };
  const roll = dice(1);
  const steps = (rounds * TRAINING) / 100;
  for (let step = 0; step < steps; step++) {
    gradient.fill(0);
    for (let n = 0; n < 100; n++) {
      const row = roll.below(TRAINING);
      score(row);
      const most = Math.max(...scores);
      let total = 0;
      for (let k = 0; k < classes; k++) total += Math.exp(scores[k] - most);
      for (let k = 0; k < classes; k++) {
        const error = Math.exp(scores[k] - most) / total - (labels[row] === k ? 1 : 0);
        const to = k * (width + 1);
        for (let i = 0; i < width; i++) gradient[to + i] += error * rows[row * width + i];
        gradient[to + width] += error;
      }
    }
    const now = rate * (1 - step / steps);
    for (let i = 0; i < weights.length; i++) {
      speed[i] = 0.9 * speed[i] - (now * gradient[i]) / 100 - now * 1e-3 * weights[i];
      weights[i] += speed[i];
    }
  }
  let right = 0;
  for (let row = TRAINING; row < TRAINING + FRESH; row++) {
    score(row);
    let best = 0;
    for (let k = 1; k < classes; k++) if (scores[k] > scores[best]) best = k;
    if (best === labels[row]) right++;
  }
  return right / FRESH;
}

describe('a linear model', () => {
  const count = TRAINING + FRESH;
  const labels = new Uint8Array(count);
  const pixels = new Float32Array(count * 3 * SIDE * SIDE);
  /** Share of the pixels in each of 64 colours, scaled to mean 1. */
  const colours = new Float32Array(count * 64);
  for (let scene = 0; scene < count; scene++) {
    const { rgba, label } = pictograph({ seed: 77, index: scene, side: SIDE });
    labels[scene] = label;
    for (let from = 0, to = scene * 3 * SIDE * SIDE; from < rgba.length; from += 4, to += 3) {
      for (let channel = 0; channel < 3; channel++) pixels[to + channel] = rgba[from + channel] / 255 - 0.5;
      const bin = 16 * (rgba[from] >> 6) + 4 * (rgba[from + 1] >> 6) + (rgba[from + 2] >> 6);
      colours[scene * 64 + bin] += 64 / SIDE ** 2;
    }
  }

  test('sees no class in the colours of a scene', () => {
    // One in ten by chance.
    expect(linearAccuracy(colours, labels, 64, 0.02, 10)).toBeLessThan(0.2);
  });
  test('tells fewer than half of fresh scenes from their pixels, and more than chance would', () => {
    const accuracy = linearAccuracy(pixels, labels, 3 * SIDE * SIDE, 0.003, 5);
    expect(accuracy).toBeLessThan(0.5);
    // The check can tell a picture it could read from one it cannot.
    expect(accuracy).toBeGreaterThan(0.15);
  });
});
