import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, noise, startBackend, withThreads } from '../../engine/engine-testing';
import type { Activation } from '../fast-convolution/geometry';
import { paddings, seeds } from '../testing/convolutions';
import {
  activationGradient,
  adamStep,
  batchNormTraining,
  batchNormTrainingGradient,
  convolutionFilterGradient,
  descentStep,
  trainingConvolution,
} from './training-kernels';

/** The normalisation of a matrix [rows, channels] and its gradient, from their definitions in float64. */
function reference(
  { x, dy, scale, offset }: Record<'x' | 'dy' | 'scale' | 'offset', ArrayLike<number>>,
  epsilon: number,
  activation: Activation,
) {
  const channels = scale.length;
  const rows = x.length / channels;
  const result = {
    output: new Float64Array(x.length),
    mean: new Float64Array(channels),
    variance: new Float64Array(channels),
    dx: new Float64Array(x.length),
    dScale: new Float64Array(channels),
    dOffset: new Float64Array(channels),
    /** Distance of a value from the nearest bound of the activation. */
    margin: Number.POSITIVE_INFINITY,
  };
  for (let c = 0; c < channels; c++) {
    const places = Array.from({ length: rows }, (_, row) => row * channels + c);
    const mean = places.reduce((sum, i) => sum + x[i], 0) / rows;
    const variance = places.reduce((sum, i) => sum + (x[i] - mean) ** 2, 0) / rows;
    const root = 1 / Math.sqrt(variance + epsilon);
    const changes = places.map((i) => {
      const value = (x[i] - mean) * root * scale[c] + offset[c];
      const bounds = { linear: [], relu: [0], relu6: [0, 6] }[activation];
      for (const bound of bounds) result.margin = Math.min(result.margin, Math.abs(value - bound));
      const cut = activation === 'relu6' ? Math.min(6, value) : value;
      result.output[i] = activation === 'linear' ? value : Math.max(0, cut);
      return result.output[i] === value ? dy[i] : 0;
    });
    const dOffset = changes.reduce((sum, change) => sum + change, 0);
    const dScale = places.reduce((sum, i, row) => sum + changes[row] * (x[i] - mean) * root, 0);
    places.forEach((i, row) => {
      const standard = (x[i] - mean) * root;
      result.dx[i] = root * scale[c] * (changes[row] - dOffset / rows - (standard * dScale) / rows);
    });
    Object.assign(result.mean, { [c]: mean });
    Object.assign(result.variance, { [c]: variance });
    Object.assign(result.dScale, { [c]: dScale });
    Object.assign(result.dOffset, { [c]: dOffset });
  }
  return result;
}

async function expectNear(actual: tf.Tensor, expected: Float64Array, tolerance: number, what: string) {
  const values = await actual.data();
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const gap = expected.reduce((most, value, i) => Math.max(most, Math.abs(values[i] - value)), 0);
  expect(values.length, what).toBe(expected.length);
  expect(gap / largest, what).toBeLessThan(tolerance);
}

interface Case {
  shape: number[];
  centre: number;
  activation: Activation;
  seed: number;
}

const upTo = (max: number) => fc.integer({ min: 1, max });
const cases: fc.Arbitrary<Case> = fc.record({
  shape: fc.oneof(fc.tuple(upTo(4), upTo(9), upTo(9), upTo(21)), fc.tuple(upTo(40), upTo(21))),
  centre: fc.constantFrom(0, 1, 30),
  activation: fc.constantFrom('linear' as const, 'relu' as const, 'relu6' as const),
  seed: seeds,
});

async function compare({ shape, centre, activation, seed }: Case): Promise<void> {
  const before = tf.memory().numTensors;
  const channels = shape[shape.length - 1];
  const x = tf.tidy(() => tf.add(tf.mul(noise(shape, seed), 2), centre));
  const dy = noise(shape, seed + 1);
  const [scale, offset] = [noise([channels], seed + 2), noise([channels], seed + 3)] as tf.Tensor1D[];
  const numbers = {
    x: await x.data(),
    dy: await dy.data(),
    scale: await scale.data(),
    offset: await offset.data(),
  };
  const expected = reference(numbers, 1e-3, activation);
  const { output, mean, variance } = batchNormTraining(x, scale, offset, 1e-3, activation);
  const { dx, dScale, dOffset } = batchNormTrainingGradient(dy, x, mean, variance, scale, 1e-3, {
    activation,
    offset,
  });
  expect(output.shape).toEqual(shape);
  expect(dx.shape).toEqual(shape);
  const tolerance = centre > 1 ? 1e-4 : 1e-5;
  await expectNear(output, expected.output, tolerance, 'output');
  await expectNear(mean, expected.mean, tolerance, 'mean');
  await expectNear(variance, expected.variance, tolerance, 'variance');
  // Too near to a bound, rounding decides whether a place is open.
  if (expected.margin > 1e-4) {
    await expectNear(dx, expected.dx, 10 * tolerance, 'dx');
    await expectNear(dScale, expected.dScale, 10 * tolerance, 'dScale');
    await expectNear(dOffset, expected.dOffset, 10 * tolerance, 'dOffset');
  }
  tf.dispose([x, dy, scale, offset, output, mean, variance, dx, dScale, dOffset]);
  expect(tf.memory().numTensors).toBe(before);
}

const large: Case[] = [
  { shape: [8, 31, 30, 16], centre: 1, activation: 'relu', seed: 1 },
  { shape: [4, 14, 14, 130], centre: 1, activation: 'linear', seed: 2 },
];

describe.each(['cpu', 'wasm'] as const)('what a training step is made of, on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('normalises a batch and takes its gradient: any shape, mean and activation', async () => {
    await fc.assert(fc.asyncProperty(cases, compare), { numRuns: 60 });
    for (const one of large) await compare(one);
  });

  it('gives the gradient in front of an activation', async () => {
    for (const [activation, expected] of [
      ['linear', [1, 2, 3, 4, 5]],
      ['relu', [0, 2, 3, 4, 5]],
      ['relu6', [0, 2, 3, 0, 0]],
    ] as const) {
      const [dy, output] = [tf.tensor1d([1, 2, 3, 4, 5]), tf.tensor1d([0, 1e-9, 5.9, 6, 7])];
      const gradient = activationGradient(dy, output, activation);
      expect(Array.from(await gradient.data())).toEqual(expected);
      tf.dispose([dy, output, gradient]);
    }
  });

  it('closes for a gradient that is not a number, as for any other', async () => {
    const [dy, output] = [tf.tensor1d([NaN, NaN, Infinity]), tf.tensor1d([0, 1, 0])];
    const gradient = activationGradient(dy, output, 'relu');
    expect(Array.from(await gradient.data())).toEqual([0, NaN, 0]);
    tf.dispose([dy, output, gradient]);
  });

  it.each([3, 4099, 70_001])('takes the steps of Adam for %i weights', async (size) => {
    const before = tf.memory().numTensors;
    const options = { rate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, decay: 0.1 };
    let state = { value: noise([size], 1), first: tf.zeros([size]), second: tf.zeros([size]) };
    const expected = Array.from(await state.value.data(), (value) => ({ value, first: 0, second: 0 }));
    for (let step = 1; step <= 3; step++) {
      const gradient = noise([size], step + 1);
      const next = adamStep(state, gradient, { ...options, step });
      (await gradient.data()).forEach((g, i) => {
        const at = expected[i];
        at.first = 0.8 * at.first + (1 - 0.8) * g;
        at.second = 0.95 * at.second + (1 - 0.95) * g * g;
        const root = Math.sqrt(at.second / (1 - 0.95 ** step)) + 1e-6;
        at.value = at.value * (1 - 0.01 * 0.1) - (0.01 * at.first) / (1 - 0.8 ** step) / root;
      });
      tf.dispose([Object.values(state), gradient]);
      state = next;
    }
    await expectNear(
      state.value,
      Float64Array.from(expected, ({ value }) => value),
      1e-6,
      'value',
    );
    await expectNear(
      state.first,
      Float64Array.from(expected, ({ first }) => first),
      1e-6,
      'first',
    );
    await expectNear(
      state.second,
      Float64Array.from(expected, ({ second }) => second),
      1e-6,
      'second',
    );
    tf.dispose(Object.values(state));
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([3, 70_001])('takes the steps of gradient descent for %i weights', async (size) => {
    const before = tf.memory().numTensors;
    let state = { value: noise([size], 1), velocity: tf.zeros([size]) };
    const expected = Array.from(await state.value.data(), (value) => ({ value, velocity: 0 }));
    for (let step = 1; step <= 3; step++) {
      const gradient = noise([size], step + 1);
      const next = descentStep(state, gradient, { rate: 0.02, momentum: 0.9, decay: 0.1 });
      (await gradient.data()).forEach((g, i) => {
        const at = expected[i];
        at.velocity = 0.9 * at.velocity + g;
        at.value = at.value * (1 - 0.02 * 0.1) - 0.02 * at.velocity;
      });
      tf.dispose([Object.values(state), gradient]);
      state = next;
    }
    await expectNear(
      state.value,
      Float64Array.from(expected, ({ value }) => value),
      1e-6,
      'value',
    );
    await expectNear(
      state.velocity,
      Float64Array.from(expected, ({ velocity }) => velocity),
      1e-6,
      'velocity',
    );
    tf.dispose(Object.values(state));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('takes the gradient of a convolution towards its filter', async () => {
    const [x, dy] = [tf.ones<tf.Rank.R4>([2, 3, 3, 1]), tf.ones<tf.Rank.R4>([2, 3, 3, 1])];
    const gradient = convolutionFilterGradient(x, dy, [3, 3, 1, 1], 1, 'same');
    // How many positions see the map through each tap.
    expect(Array.from(await gradient.data())).toEqual([8, 12, 8, 12, 18, 12, 8, 12, 8]);
    tf.dispose([x, dy, gradient]);
  });
});

describe('what a training step is made of, cut for several threads', () => {
  beforeAll(() => startBackend('wasm'));

  it('normalises a batch', () =>
    withThreads(3, async () => {
      for (const one of large) await compare(one);
      await fc.assert(fc.asyncProperty(cases, compare), { numRuns: 20 });
    }));

  it('takes a step of Adam', () =>
    withThreads(3, async () => {
      const [value, gradient] = [noise([70_001], 1), noise([70_001], 2)];
      const zeros = tf.zerosLike(value);
      const next = adamStep({ value, first: zeros, second: zeros }, gradient, { rate: 0.01, step: 1 });
      const [old, g] = [await value.data(), await gradient.data()];
      const expected = Float64Array.from(old, (v, i) => v - (0.01 * g[i]) / (Math.abs(g[i]) + 1e-8));
      await expectNear(next.value, expected, 1e-6, 'value');
      tf.dispose([value, gradient, zeros, Object.values(next)]);
    }));
});

describe('a convolution within a training step', () => {
  const shapes = fc.record({
    input: fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 5, max: 13 }),
      fc.integer({ min: 5, max: 13 }),
    ),
    channels: fc.tuple(fc.integer({ min: 13, max: 37 }), fc.integer({ min: 13, max: 37 })),
    window: fc.constantFrom([3, 3], [3, 3], [1, 1], [5, 4]),
    strides: fc.constantFrom<[number, number]>([1, 1], [1, 1], [2, 2]),
    padding: paddings,
    activation: fc.constantFrom('linear' as const, 'relu' as const, 'relu6' as const),
    biased: fc.boolean(),
  });

  it('on WebAssembly equals that of the CPU backend, narrow or wide, any window, stride and padding', async () => {
    await startBackend('wasm');
    await startBackend('cpu');
    await fc.assert(
      fc.asyncProperty(shapes, seeds, async (shape, seed) => {
        const on = async (backend: 'cpu' | 'wasm') => {
          await tf.setBackend(backend);
          const before = tf.memory().numTensors;
          const [channelsIn, channelsOut] = shape.channels;
          const y = tf.tidy(() =>
            trainingConvolution(
              noise([...shape.input, channelsIn], seed) as tf.Tensor4D,
              noise([...shape.window, channelsIn, channelsOut], seed + 1) as tf.Tensor4D,
              shape.strides,
              shape.padding,
              {
                bias: shape.biased ? (noise([channelsOut], seed + 2) as tf.Tensor1D) : undefined,
                activation: shape.activation,
              },
            ),
          );
          const values = Array.from(await y.data());
          y.dispose();
          expect(tf.memory().numTensors).toBe(before);
          return { shape: y.shape, values };
        };
        expectClose(await on('wasm'), await on('cpu'), 2e-4);
      }),
      { numRuns: 60 },
    );
  });
});
