import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { linear } from './activation';
import { type OperationSpec, shapeOf } from './index';
import { MisfitError } from './operation';
import type { ResizeSpec } from './resize';
import { innerProduct, type Numbers, randomNumbers } from './testing/reference';
import { expectAdjoint, expectClose, runOperation, tensorOf } from './testing/run-operation';
import { tfPaddingOver } from './window';

type Spec = OperationSpec<tf.Tensor>;

/** Values and gradients TensorFlow.js gives for the same function, on the current backend. */
function byTensorFlow(compute: (...xs: tf.Tensor[]) => tf.Tensor, inputs: Numbers[], dy: Numbers) {
  return tf.tidy(() => {
    const tensors = inputs.map(tensorOf);
    return {
      output: compute(...tensors).dataSync(),
      gradients: tf
        .grads(compute)(tensors, tensorOf(dy))
        .map((gradient) => gradient.dataSync()),
    };
  });
}

function expectAs(spec: Spec, compute: (...xs: tf.Tensor[]) => tf.Tensor, inputs: Numbers[]): void {
  const { output, gradients, dy } = runOperation(spec, inputs);
  const reference = byTensorFlow(compute, inputs, dy);
  expectClose(output, reference.output);
  gradients.forEach((gradient, i) => {
    expectClose(gradient, reference.gradients[i]);
  });
}

const map = (seed: number, shape = [2, 5, 6, 4]) => randomNumbers(shape, seed);

describe.each(['cpu', 'wasm'] as const)('operations on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('dense: along the last axis', () => {
    const kernel = tensorOf(randomNumbers([4, 3], 8));
    const bias = tensorOf(randomNumbers([3], 9));
    for (const shape of [
      [2, 4],
      [2, 5, 6, 4],
    ]) {
      expectAs(
        { type: 'dense', kernel, bias, activation: { name: 'sigmoid' } },
        (x) =>
          tf.sigmoid(
            tf.reshape(
              tf.add(tf.matMul(tf.reshape(x, [-1, 4]) as tf.Tensor2D, kernel as tf.Tensor2D), bias),
              [...shape.slice(0, -1), 3],
            ),
          ),
        [map(1, shape)],
      );
    }
    tf.dispose([kernel, bias]);
  });

  it('affine: one factor and summand a channel, or one for all', () => {
    for (const shape of [[4], [1], [5, 6, 4]]) {
      const [scale, shift] = [tensorOf(randomNumbers(shape, 3)), tensorOf(randomNumbers(shape, 4))];
      expectAs({ type: 'affine', scale, shift }, (x) => tf.add(tf.mul(x, scale), shift), [map(2)]);
      tf.dispose([scale, shift]);
    }
    expectAdjoint({ type: 'affine', scale: null, shift: null }, [map(2)]);
  });

  it('layer normalisation: mean 0 and variance 1 along the last axes', () => {
    for (const axes of [1, 2]) {
      const { output } = runOperation(
        { type: 'layer-normalisation', scale: null, shift: null, epsilon: 0, axes },
        [map(3)],
      );
      const group = axes === 1 ? 4 : 24;
      for (let start = 0; start < output.length; start += group) {
        const values = output.slice(start, start + group);
        const mean = values.reduce((a, b) => a + b) / group;
        expect(mean).toBeCloseTo(0, 5);
        expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / group).toBeCloseTo(1, 4);
      }
    }
  });

  it('layer normalisation: gradient as TensorFlow derives it', () => {
    const [scale, shift] = [tensorOf(randomNumbers([6, 4], 11)), tensorOf(randomNumbers([6, 4], 12))];
    const formula = (x: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, [2, 3], true);
      const normalised = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 0.01)));
      return tf.add(tf.mul(normalised, scale), shift);
    };
    expectAs({ type: 'layer-normalisation', scale, shift, epsilon: 0.01, axes: 2 }, formula, [map(3)]);
    tf.dispose([scale, shift]);
  });

  it('group normalisation: its formula, and the gradient as TensorFlow derives it', () => {
    const [scale, shift] = [tensorOf(randomNumbers([4], 11)), tensorOf(randomNumbers([4], 12))];
    for (const groups of [1, 2, 4]) {
      const formula = (x: tf.Tensor) => {
        const [batch, height, width, channels] = x.shape as number[];
        const size = channels / groups;
        const parts = Array.from({ length: groups }, (_, group) => {
          const part = tf.slice(x, [0, 0, 0, group * size], [batch, height, width, size]);
          const { mean, variance } = tf.moments(part, [1, 2, 3], true);
          return tf.div(tf.sub(part, mean), tf.sqrt(tf.add(variance, 0.01)));
        });
        return tf.add(tf.mul(tf.concat(parts, 3), scale), shift);
      };
      expectAs({ type: 'group-normalisation', groups, scale, shift, epsilon: 0.01 }, formula, [map(3)]);
    }
    tf.dispose([scale, shift]);
  });

  it.each(['add', 'multiply', 'maximum', 'minimum', 'average'] as const)('merges by %s', (by) => {
    const compute = (...xs: tf.Tensor[]) => {
      const sum = xs.reduce((a, b) => tf.add(a, b));
      if (by === 'add') return sum;
      if (by === 'average') return tf.div(sum, xs.length);
      // The stock gradients of maximum and minimum do not broadcast.
      const zeros = tf.zerosLike(sum);
      const whole = (f: typeof tf.maximum) => (a: tf.Tensor, b: tf.Tensor) =>
        f(tf.add(a, zeros), tf.add(b, zeros));
      const two = { multiply: tf.mul, maximum: whole(tf.maximum), minimum: whole(tf.minimum) }[by];
      return xs.reduce((a, b) => two(a, b) as tf.Tensor);
    };
    expectAs({ type: 'merge', by }, compute, [map(1), map(2)]);
    expectAs({ type: 'merge', by }, compute, [map(1), map(2), map(3)]);
    expectAs({ type: 'merge', by }, compute, [map(1), map(2, [2, 1, 1, 4])]);
    expectAs({ type: 'merge', by }, compute, [map(1, [2, 5, 6, 1]), map(2)]);
  });

  it.each(['subtract', 'divide', 'angle'] as const)('merges by %s', (by) => {
    const functions = { subtract: tf.sub<tf.Tensor>, divide: tf.div<tf.Tensor>, angle: tf.atan2<tf.Tensor> };
    const compute = functions[by];
    const away = (numbers: Numbers) => ({ ...numbers, values: numbers.values.map((v) => v + 2) });
    expectAs({ type: 'merge', by }, compute, [map(1), away(map(2))]);
    expectAs({ type: 'merge', by }, compute, [map(1), away(map(2, [2, 1, 1, 4]))]);
    expectAs({ type: 'merge', by }, compute, [map(1, [2, 1, 1, 4]), away(map(2))]);
  });

  it('merges a vector of channels into a map: the batch stays the batch', () => {
    const [x, gate] = [map(1, [3, 2, 2, 3]), map(2, [3, 3])];
    const { output, gradients, dy } = runOperation({ type: 'merge', by: 'multiply' }, [x, gate]);
    const at = (i: number) => Math.floor(i / 12) * 3 + (i % 3);
    expectClose(
      output,
      x.values.map((value, i) => value * gate.values[at(i)]),
    );
    const pulled = new Float64Array(9);
    x.values.forEach((value, i) => {
      pulled[at(i)] += value * dy.values[i];
    });
    expectClose(gradients[1], pulled);
  });

  it('gives the gradient of a tie to the first of those that tie', () => {
    const x = map(1);
    const { gradients, dy } = runOperation({ type: 'merge', by: 'maximum' }, [x, x]);
    expectClose(gradients[0], dy.values);
    expectClose(gradients[1], new Float64Array(x.values.length));
  });

  it('concatenates', () => {
    const compute = (...xs: tf.Tensor[]) => tf.concat(xs, 3);
    for (const axis of [2, -1]) {
      expectAs({ type: 'concatenate', axis }, compute, [map(1), map(2, [2, 5, 6, 1]), map(3)]);
    }
    expectAs({ type: 'concatenate', axis: 0 }, (...xs) => tf.concat(xs, 1), [map(1), map(2, [2, 3, 6, 4])]);
  });

  it('pads, cuts, reshapes and turns: what moves numbers has the transpose as gradient', () => {
    const sides = { top: 1, bottom: 0, left: 2, right: 3 };
    const cut = { type: 'slice' as const, begin: [1, 0, 0], end: [-1, 4, null] };
    expectAs(
      { type: 'padding', by: 'zeros', sides },
      (x) =>
        tf.pad(x, [
          [0, 0],
          [1, 0],
          [2, 3],
          [0, 0],
        ]),
      [map(1)],
    );
    const reflected = { type: 'padding' as const, by: 'reflection' as const, sides };
    const mirrored = tf.tidy(() =>
      tf
        .mirrorPad(
          tensorOf(map(1)),
          [
            [0, 0],
            [1, 0],
            [2, 3],
            [0, 0],
          ],
          'reflect',
        )
        .dataSync(),
    );
    expectClose(runOperation(reflected, [map(1)]).output, mirrored);
    expectAdjoint(reflected, [map(1)]);
    expectAs(cut, (x) => tf.slice(x, [0, 1, 0, 0], [2, 3, 4, 4]), [map(1)]);
    expectAs({ type: 'reshape', shape: [-1] }, (x) => tf.reshape(x, [2, 120]), [map(1)]);
    expectAs({ type: 'reshape', shape: [10, -1, 2] }, (x) => tf.reshape(x, [2, 10, 6, 2]), [map(1)]);
    expectAs({ type: 'transpose', permutation: [2, 0, 1] }, (x) => tf.transpose(x, [0, 3, 1, 2]), [map(1)]);
    expectAs({ type: 'identity' }, (x) => x.clone(), [map(1)]);
  });

  it('shuffles channels by reshape, transpose and reshape', () => {
    const x = { shape: [1, 1, 1, 6], values: Float64Array.of(0, 1, 2, 3, 4, 5) };
    const steps: Spec[] = [
      { type: 'reshape', shape: [1, 1, 2, 3] },
      { type: 'transpose', permutation: [0, 1, 3, 2] },
      { type: 'reshape', shape: [1, 1, 6] },
    ];
    let at: Numbers = x;
    for (const spec of steps) {
      const shape = [1, ...shapeOf(spec, [at.shape.slice(1)])];
      at = { shape, values: runOperation(spec, [at]).output };
    }
    expect(Array.from(at.values)).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it('shares the gradient among equal maxima as amax of PyTorch does, or gives it to the first as its pooling does', () => {
    const x = { shape: [1, 2, 4, 1], values: Float64Array.of(1, 5, 5, 2, 5, 0, 3, 4) };
    const spec = { type: 'reduce', by: 'maximum', axes: [0, 1], keep: false } as const;
    const gradientOf = (given: Spec) => {
      const { gradients, dy } = runOperation(given, [x]);
      return [...gradients[0]].map((value) => value / dy.values[0]);
    };
    const third = expect.closeTo(1 / 3, 6);
    expect(gradientOf(spec)).toEqual([0, third, third, 0, third, 0, 0, 0]);
    expect(gradientOf({ ...spec, ties: 'first' })).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('reduces to mean, sum and maximum', () => {
    for (const keep of [true, false]) {
      for (const axes of [[0, 1], [2], [0, 1, 2]]) {
        const all = axes.map((axis) => axis + 1);
        expectAs({ type: 'reduce', by: 'mean', axes, keep }, (x) => tf.mean(x, all, keep), [map(4)]);
        expectAs({ type: 'reduce', by: 'sum', axes, keep }, (x) => tf.sum(x, all, keep), [map(4)]);
        expectAs({ type: 'reduce', by: 'maximum', axes, keep }, (x) => tf.max(x, all, keep), [map(4)]);
      }
    }
  });

  it('normalises along neighbouring channels by its formula', () => {
    const spec = {
      type: 'local-response-normalisation' as const,
      radius: 1,
      bias: 1.5,
      alpha: 0.4,
      beta: 0.75,
    };
    const x = map(5, [2, 2, 2, 5]);
    const f = (values: Float64Array) =>
      values.map((value, i) => {
        const place = i - (i % 5);
        let sum = 0;
        for (let c = Math.max(0, (i % 5) - 1); c <= Math.min(4, (i % 5) + 1); c++)
          sum += values[place + c] ** 2;
        return value / (1.5 + 0.4 * sum) ** 0.75;
      });
    const { output, gradients, dy } = runOperation(spec, [x]);
    expectClose(output, f(x.values));
    const slopes = x.values.map((_, i) => {
      const [up, down] = [1e-5, -1e-5].map((step) => {
        const values = Float64Array.from(x.values);
        values[i] += step;
        return innerProduct(f(values), dy.values);
      });
      return (up - down) / 2e-5;
    });
    expectClose(gradients[0], slopes, 1e-4);
  });

  it('transposed convolution is the transpose of the convolution with its filter', () => {
    fc.assert(
      fc.property(
        fc.record({
          size: fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 })),
          window: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
          strides: fc.constantFrom([1, 1] as const, [2, 2] as const, [1, 2] as const),
          padding: fc.constantFrom('same' as const, 'valid' as const),
          seed: fc.integer(),
        }),
        ({ size, window, strides, padding, seed }) => {
          const filter = tensorOf(randomNumbers([...window, 3, 2], seed)) as tf.Tensor4D;
          const x = randomNumbers([2, ...size, 2], seed + 1);
          const spec: Spec = {
            type: 'transposed-convolution',
            filter,
            bias: null,
            strides,
            padding,
            outputPadding: null,
            activation: linear,
          };
          const { output } = runOperation(spec, [x]);
          const shape = [2, ...shapeOf(spec, [x.shape.slice(1)])];
          const probe = randomNumbers(shape, seed + 2);
          const over = { size: window, strides, padding, dilations: [1, 1] as const };
          const convolved = tf.tidy(() =>
            tf
              .conv2d(
                tensorOf(probe) as tf.Tensor4D,
                filter,
                [strides[0], strides[1]],
                tfPaddingOver([shape[1], shape[2]], over) as 'valid',
              )
              .dataSync(),
          );
          const scale = Math.max(1, innerProduct(output.map(Math.abs), probe.values.map(Math.abs)));
          expect(
            Math.abs(innerProduct(output, probe.values) - innerProduct(x.values, convolved)) / scale,
          ).toBeLessThan(1e-5);
          expectAdjoint(spec, [x]);
          filter.dispose();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('resizes by every convention with the transpose as gradient', () => {
    fc.assert(
      fc.property(
        fc.record({
          by: fc.constantFrom('nearest' as const, 'bilinear' as const),
          coordinates: fc.constantFrom(
            'half-pixel' as const,
            'asymmetric' as const,
            'align-corners' as const,
          ),
          size: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
          seed: fc.integer(),
        }),
        ({ by, coordinates, size, seed }) => {
          expectAdjoint({ type: 'resize', by, coordinates, to: { size }, rounding: 'floor' }, [
            randomNumbers([2, 5, 4, 3], seed),
          ]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('resizes as TensorFlow does', () => {
    const x = map(7);
    const resized = (spec: Omit<ResizeSpec, 'type'>) => runOperation({ type: 'resize', ...spec }, [x]).output;
    const tfBilinear = (size: [number, number], corners: boolean, half: boolean) =>
      tf.tidy(() => tf.image.resizeBilinear(tensorOf(x) as tf.Tensor4D, size, corners, half).dataSync());
    const bilinear = { by: 'bilinear', rounding: 'floor' } as const;
    for (const size of [
      [10, 12],
      [7, 3],
      [3, 3],
    ] as [number, number][]) {
      expectClose(
        resized({ ...bilinear, to: { size }, coordinates: 'half-pixel' }),
        tfBilinear(size, false, true),
      );
      expectClose(
        resized({ ...bilinear, to: { size }, coordinates: 'asymmetric' }),
        tfBilinear(size, false, false),
      );
      expectClose(
        resized({ ...bilinear, to: { size }, coordinates: 'align-corners' }),
        tfBilinear(size, true, false),
      );
    }
    const nearest = resized({
      by: 'nearest',
      to: { factors: [2, 2] },
      coordinates: 'asymmetric',
      rounding: 'floor',
    });
    const repeated = tf.tidy(() =>
      tf.image.resizeNearestNeighbor(tensorOf(x) as tf.Tensor4D, [10, 12]).dataSync(),
    );
    expectClose(nearest, repeated);
  });
});

describe('shapes that do not fit', () => {
  it.each<[Spec, number[][]]>([
    [
      { type: 'concatenate', axis: -1 },
      [
        [2, 2, 3],
        [3, 2, 3],
      ],
    ],
    [
      { type: 'merge', by: 'add' },
      [
        [2, 2, 3],
        [2, 3, 3],
      ],
    ],
    [{ type: 'reshape', shape: [7, -1] }, [[2, 2, 3]]],
    [{ type: 'reshape', shape: [-1, -1] }, [[4]]],
    [{ type: 'transpose', permutation: [0, 0, 1] }, [[2, 2, 3]]],
    [{ type: 'slice', begin: [2, 0, 0], end: [null, null, null] }, [[2, 2, 3]]],
    [{ type: 'reduce', by: 'mean', axes: [3], keep: false }, [[2, 2, 3]]],
    [
      { type: 'resize', by: 'nearest', to: { size: [0, 2] }, coordinates: 'asymmetric', rounding: 'floor' },
      [[2, 2, 3]],
    ],
  ])('%o', (spec, inputs) => {
    expect(() => shapeOf(spec, inputs)).toThrow(MisfitError);
  });
});
