import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import type { Activation } from './activation';
import { isFusable } from './activation';
import { expectClose, runOperation, tensorOf } from './testing/run-operation';

/** Gauss error function by its Taylor series; exact to 1e-15 for the arguments used here. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const clip = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
const softplus = (x: number) => Math.log1p(Math.exp(x));

const closedForms: [Activation<tf.Tensor>, (x: number) => number][] = [
  [{ name: 'linear' }, (x) => x],
  [{ name: 'relu' }, (x) => Math.max(0, x)],
  [{ name: 'relu6' }, (x) => clip(x, 0, 6)],
  [{ name: 'leaky-relu', slope: 0.3 }, (x) => (x > 0 ? x : 0.3 * x)],
  [{ name: 'leaky-relu', slope: -0.2 }, (x) => (x > 0 ? x : -0.2 * x)],
  [{ name: 'elu', alpha: 1 }, (x) => (x > 0 ? x : Math.expm1(x))],
  [{ name: 'elu', alpha: 0.4 }, (x) => (x > 0 ? x : 0.4 * Math.expm1(x))],
  [{ name: 'selu' }, (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))],
  [{ name: 'gelu' }, (x) => 0.5 * x * (1 + erf(x / Math.SQRT2))],
  [{ name: 'gelu-tanh' }, (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))],
  [{ name: 'sigmoid' }, sigmoid],
  [{ name: 'hard-sigmoid', slope: 0.2, offset: 0.5 }, (x) => clip(0.2 * x + 0.5, 0, 1)],
  [{ name: 'hard-sigmoid', slope: 1 / 6, offset: 0.5 }, (x) => clip(x / 6 + 0.5, 0, 1)],
  [{ name: 'tanh' }, Math.tanh],
  [{ name: 'softplus' }, softplus],
  [{ name: 'softsign' }, (x) => x / (1 + Math.abs(x))],
  [{ name: 'swish' }, (x) => x * sigmoid(x)],
  [{ name: 'hard-swish' }, (x) => (x * clip(x + 3, 0, 6)) / 6],
  [{ name: 'mish' }, (x) => x * Math.tanh(softplus(x))],
  [{ name: 'exponential' }, Math.exp],
  [{ name: 'clip', minimum: -1.3, maximum: 2.4 }, (x) => clip(x, -1.3, 2.4)],
  [
    { name: 'bounded-relu', maximum: 3.05, slope: 0.2, threshold: 0.55 },
    (x) => (x >= 0.55 ? Math.min(x, 3.05) : 0.2 * (x - 0.55)),
  ],
  [{ name: 'bounded-relu', maximum: null, slope: 0, threshold: 1.05 }, (x) => (x >= 1.05 ? x : 0)],
  [{ name: 'square' }, (x) => x * x],
  [{ name: 'abs' }, Math.abs],
  [{ name: 'negate' }, (x) => -x],
  [{ name: 'reciprocal' }, (x) => 1 / x],
  [{ name: 'erf' }, erf],
  [{ name: 'power', exponent: 2 }, (x) => x ** 2],
];

const positiveForms: [Activation<tf.Tensor>, (x: number) => number][] = [
  [{ name: 'sqrt' }, Math.sqrt],
  [{ name: 'log' }, Math.log],
  [{ name: 'power', exponent: 0.5 }, Math.sqrt],
];

/** Places that meet no kink of any function above. */
const everywhere = {
  shape: [2, 4, 4, 4],
  values: Float64Array.from({ length: 128 }, (_, i) => -4.37 + i / 16),
};
const positive = { shape: [2, 2, 4, 4], values: Float64Array.from({ length: 64 }, (_, i) => 0.37 + i / 16) };

describe.each(['cpu', 'wasm'] as const)('activations on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each([
    ...closedForms.map(([activation, f]) => ({ activation, f, x: everywhere })),
    ...positiveForms.map(([activation, f]) => ({ activation, f, x: positive })),
  ])(
    '$activation.name is its closed form, and its gradient that form’s derivative',
    ({ activation, f, x }) => {
      const { output, gradients, dy } = runOperation({ type: 'activation', activation }, [x]);
      expectClose(output, x.values.map(f), 1e-5);
      const derivative = x.values.map((at) => (f(at + 1e-5) - f(at - 1e-5)) / 2e-5);
      expectClose(
        gradients[0],
        derivative.map((slope, i) => slope * dy.values[i]),
        1e-4,
      );
    },
  );

  it('prelu has a slope a channel', () => {
    const slopes = [0.1, -0.5, 0.25, 2];
    const slope = tensorOf({ shape: [1, 1, 4], values: Float64Array.from(slopes) });
    const f = (value: number, i: number) => (value > 0 ? value : slopes[i % 4] * value);
    const { output, gradients, dy } = runOperation(
      { type: 'activation', activation: { name: 'prelu', slope } },
      [everywhere],
    );
    expectClose(output, everywhere.values.map(f));
    expectClose(
      gradients[0],
      everywhere.values.map((value, i) => dy.values[i] * (value > 0 ? 1 : slopes[i % 4])),
    );
    slope.dispose();
  });

  it.each(['softmax', 'log-softmax'] as const)('%s works along the channels', (name) => {
    const x = { shape: [2, 5], values: Float64Array.from({ length: 10 }, (_, i) => Math.sin(i * 2.3) * 2) };
    const f = (values: Float64Array) => {
      const result = new Float64Array(10);
      for (const row of [0, 5]) {
        const exponentials = values.slice(row, row + 5).map(Math.exp);
        const sum = exponentials.reduce((a, b) => a + b);
        exponentials.forEach((value, i) => {
          result[row + i] = name === 'softmax' ? value / sum : Math.log(value / sum);
        });
      }
      return result;
    };
    const { output, gradients, dy } = runOperation({ type: 'activation', activation: { name } }, [x]);
    expectClose(output, f(x.values));
    const score = (index: number, step: number) => {
      const values = Float64Array.from(x.values);
      values[index] += step;
      return f(values).reduce((sum, value, i) => sum + value * dy.values[i], 0);
    };
    expectClose(
      gradients[0],
      x.values.map((_, i) => (score(i, 1e-5) - score(i, -1e-5)) / 2e-5),
      1e-4,
    );
  });
});

describe('fusing', () => {
  it('is for activations whose output tells their gradient', () => {
    const fusable = closedForms.filter(([activation]) => isFusable(activation)).map(([{ name }]) => name);
    expect(new Set(fusable)).toEqual(
      new Set([
        'linear',
        'relu',
        'relu6',
        'leaky-relu',
        'elu',
        'selu',
        'sigmoid',
        'hard-sigmoid',
        'tanh',
        'softplus',
        'softsign',
        'exponential',
        'clip',
        'negate',
        'reciprocal',
      ]),
    );
  });
});
