import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { createOperation, type OperationSpec } from './index';
import { randomNumbers } from './testing/reference';
import { expectClose, tensorOf } from './testing/run-operation';

type Spec = OperationSpec<tf.Tensor>;

beforeAll(() => startBackend('cpu'));

const smooth = [
  ...([
    'gelu',
    'gelu-tanh',
    'sigmoid',
    'tanh',
    'softplus',
    'softsign',
    'swish',
    'mish',
    'exponential',
  ] as const),
  ...(['softmax', 'log-softmax', 'square', 'erf', 'sine', 'cosine'] as const),
].map((name): Spec => ({ type: 'activation', activation: { name } }));

/** Where their input is positive. */
const positive = (['sqrt', 'log', 'reciprocal'] as const).map(
  (name): Spec => ({ type: 'activation', activation: { name } }),
);

/** Where it lies on one side of their kink. */
const oneSided: Spec[] = [
  { type: 'activation', activation: { name: 'power', exponent: 3 } },
  { type: 'activation', activation: { name: 'hard-swish' } },
  { type: 'activation', activation: { name: 'selu' } },
  { type: 'activation', activation: { name: 'elu', alpha: 1 } },
  { type: 'activation', activation: { name: 'elu', alpha: -0.5 } },
];

const nameOf = (spec: Spec) =>
  spec.type === 'activation' ? spec.activation.name : spec.type === 'merge' ? spec.by : spec.type;

/**
 * Holds `bend` to a quotient of fourth order of `backward`: h = 0.02 leaves h^4 of it and, of rounding in float32, 1e-7 / h.
 */
function expectBent(spec: Spec, shapes: number[][], from: (x: tf.Tensor) => tf.Tensor = (x) => x): void {
  const operation = createOperation(spec);
  tf.tidy(() => {
    const inputs = shapes.map((shape, i) => from(tensorOf(randomNumbers(shape, 5 + i))));
    const tangents = shapes.map((shape, i) => tensorOf(randomNumbers(shape, 15 + i)));
    const output = operation.forward(inputs);
    const dy = tensorOf(randomNumbers(output.shape, 25));
    const tangent = operation.push?.(tangents, inputs, output) as tf.Tensor;
    const bent = operation.bend?.(dy, { inputs, tangents, output, tangent }) as tf.Tensor[];
    const h = 0.02;
    const gradients = (share: number) => {
      const moved = inputs.map((x, i) => tf.add(x, tf.mul(tangents[i], share)));
      return operation.backward(dy, moved, operation.forward(moved)).map((part) => part.dataSync());
    };
    const [far, near, nearer, farther] = [gradients(-2 * h), gradients(-h), gradients(h), gradients(2 * h)];
    bent.forEach((part, i) => {
      const quotient = Float64Array.from(
        near[i],
        (_, at) => (8 * (nearer[i][at] - near[i][at]) - (farther[i][at] - far[i][at])) / (12 * h),
      );
      expect(Math.max(...quotient.map(Math.abs)), 'it bends').toBeGreaterThan(1e-2);
      expectClose(part.dataSync(), quotient, 5e-4);
    });
  });
  operation.dispose?.();
}

it.each(smooth.map((spec) => [nameOf(spec), spec] as const))('the gradient of %s bends', (_, spec) => {
  expectBent(spec, [[2, 3, 5]]);
});

it.each(positive.map((spec) => [nameOf(spec), spec] as const))('the gradient of %s bends', (_, spec) => {
  expectBent(spec, [[2, 3, 5]], (x) => tf.add(tf.abs(x), 0.6));
});

it.each(oneSided.map((spec) => [nameOf(spec), spec] as const))('the gradient of %s bends', (_, spec) => {
  expectBent(spec, [[2, 3, 5]], (x) => tf.sub(tf.neg(tf.abs(x)), 0.2));
});

it.each(['multiply', 'divide', 'angle'] as const)(
  'the gradients of inputs bend as they %s, also where one is repeated',
  (by) => {
    const away = (x: tf.Tensor) => tf.add(tf.abs(x), 0.8);
    for (const second of [
      [2, 3, 4, 5],
      [2, 1, 1, 5],
    ]) {
      expectBent({ type: 'merge', by }, [[2, 3, 4, 5], second], away);
    }
  },
);

it('the gradients of a product of matrices bend', () => {
  expectBent({ type: 'matrix-product', transposed: [false, true] }, [
    [2, 3, 4, 5],
    [2, 3, 6, 5],
  ]);
});

it('the gradients of normalisations bend', () => {
  const [scale, shift] = [tensorOf(randomNumbers([4], 11)), tensorOf(randomNumbers([4], 12))];
  const map = [[2, 3, 5, 4]];
  expectBent({ type: 'layer-normalisation', scale, shift, epsilon: 0.1, axes: 1 }, map);
  expectBent({ type: 'group-normalisation', groups: 2, scale, shift, epsilon: 0.01 }, map);
  expectBent({ type: 'local-response-normalisation', radius: 1, bias: 1, alpha: 0.5, beta: 0.75 }, map);
  tf.dispose([scale, shift]);
});

it('the gradient of a weighted sum bends by the activation behind it', () => {
  const kernel = tensorOf(randomNumbers([4, 3], 8));
  const filter = tensorOf(randomNumbers([3, 3, 4, 3], 8));
  const turned = tensorOf(randomNumbers([3, 3, 3, 4], 8));
  const bias = tensorOf(randomNumbers([3], 9));
  const activation = { name: 'sigmoid' } as const;
  const window = { strides: [1, 1], padding: 'same', activation, bias } as const;
  expectBent({ type: 'dense', kernel, bias, activation }, [[2, 3, 4]]);
  expectBent({ type: 'convolution', filter, dilations: [1, 1], groups: 1, ...window }, [[1, 4, 5, 4]]);
  expectBent({ type: 'transposed-convolution', filter: turned, outputPadding: null, ...window }, [
    [1, 4, 5, 4],
  ]);
  tf.dispose([kernel, filter, turned, bias]);
});
