import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../semiotics';
import { startBackend } from '../testing';
import { convolve, convolveGradient } from './fast-convolution';
import type { Activation } from './fast-convolution/geometry';
import { disposePrepared } from './fast-convolution/prepared';

/** A convolution, its numbers and the place of its windows. */
interface Case {
  batch: number;
  height: number;
  width: number;
  channelsIn: number;
  channelsOut: number;
  kernel: [number, number];
  strides: [number, number];
  dilations: [number, number];
  padding: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
  activation: Activation;
  biased: boolean;
  seed: number;
}

const side = fc.integer({ min: 1, max: 13 });
const pad = fc.integer({ min: 0, max: 4 });

/** Sides that are no multiple of a tile and channels that are none of a vector, more often than not. */
const cases = (
  channels: fc.Arbitrary<number>,
  windows: fc.Arbitrary<Pick<Case, 'kernel' | 'strides' | 'dilations'>>,
) =>
  fc
    .record({
      batch: fc.integer({ min: 1, max: 3 }),
      height: side,
      width: side,
      channelsIn: channels,
      channelsOut: channels,
      windows,
      padding: fc.oneof(
        fc.constant('same' as const),
        fc.constant('valid' as const),
        fc.tuple(pad, pad, pad, pad).map(
          ([t, b, l, r]): tf.backend_util.ExplicitPadding => [
            [0, 0],
            [t, b],
            [l, r],
            [0, 0],
          ],
        ),
      ),
      activation: fc.constantFrom('linear' as const, 'relu' as const, 'relu6' as const),
      biased: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1e6 }),
    })
    .map(
      ({ windows: { kernel, strides, dilations }, ...rest }): Case => ({
        ...rest,
        kernel,
        strides,
        dilations,
      }),
    )
    .filter(({ height, width, kernel, dilations, padding }) => {
      if (padding === 'same') return true;
      const [rows, columns] =
        padding === 'valid' ? [0, 0] : [padding[1][0] + padding[1][1], padding[2][0] + padding[2][1]];
      return (
        height + rows > (kernel[0] - 1) * dilations[0] && width + columns > (kernel[1] - 1) * dilations[1]
      );
    });

const tiles = cases(
  fc.integer({ min: 16, max: 45 }),
  fc.constant({ kernel: [3, 3], strides: [1, 1], dilations: [1, 1] }),
);

const pairOf = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

const one: [number, number] = [1, 1];

const patches = cases(
  fc.integer({ min: 1, max: 21 }),
  fc.oneof(
    fc.record({ kernel: pairOf(1, 5), strides: pairOf(1, 3), dilations: fc.constant(one) }),
    fc.record({ kernel: pairOf(1, 3), strides: fc.constant(one), dilations: pairOf(1, 3) }),
  ),
);

/** The convolution and its gradient summed in float64, from their definitions. */
function reference(shape: Case, x: Float32Array, filter: Float32Array, bias: Float32Array, dy: Float32Array) {
  const { batch, height, width, channelsIn, channelsOut, kernel, strides, dilations } = shape;
  const info = infoOf(shape);
  const { outHeight, outWidth, padInfo } = info;
  const y = new Float64Array(batch * outHeight * outWidth * channelsOut);
  const dx = new Float64Array(x.length);
  const act = (value: number) =>
    shape.activation === 'linear'
      ? value
      : Math.min(Math.max(0, value), shape.activation === 'relu' ? Infinity : 6);
  const open = (value: number) =>
    shape.activation === 'linear' || (value > 0 && (shape.activation === 'relu' || value < 6));
  for (let at = 0; at < y.length; at++) {
    const o = at % channelsOut;
    const column = Math.floor(at / channelsOut) % outWidth;
    const row = Math.floor(at / channelsOut / outWidth) % outHeight;
    const picture = Math.floor(at / channelsOut / outWidth / outHeight);
    const taps: [number, number][] = [];
    for (let r = 0; r < kernel[0]; r++) {
      for (let s = 0; s < kernel[1]; s++) {
        const i = row * strides[0] - padInfo.top + r * dilations[0];
        const j = column * strides[1] - padInfo.left + s * dilations[1];
        if (i < 0 || j < 0 || i >= height || j >= width) continue;
        for (let c = 0; c < channelsIn; c++) {
          taps.push([
            ((picture * height + i) * width + j) * channelsIn + c,
            ((r * kernel[1] + s) * channelsIn + c) * channelsOut + o,
          ]);
        }
      }
    }
    y[at] = act(taps.reduce((sum, [i, w]) => sum + x[i] * filter[w], shape.biased ? bias[o] : 0));
    if (open(y[at])) for (const [i, w] of taps) dx[i] += dy[at] * filter[w];
  }
  return { y, dx };
}

const infoOf = ({
  batch,
  height,
  width,
  channelsIn,
  channelsOut,
  kernel,
  strides,
  dilations,
  padding,
}: Case) =>
  tf.backend_util.computeConv2DInfo(
    [batch, height, width, channelsIn],
    [...kernel, channelsIn, channelsOut],
    strides,
    dilations,
    padding,
  );

function numbers(length: number, random: { next(): number }, scale = 1): Float32Array {
  return Float32Array.from({ length }, () => (2 * random.next() - 1) * scale);
}

/** Largest gap, over the root of the mean square that such a sum has. */
const gapOf = (actual: Float32Array, expected: Float64Array, products: number) =>
  actual.reduce((gap, value, i) => Math.max(gap, Math.abs(value - expected[i])), 0) /
  Math.sqrt(1 + products / 9);

async function compare(shape: Case): Promise<[number, number]> {
  const random = seededRandom(shape.seed);
  const { batch, height, width, channelsIn, channelsOut, kernel, strides, dilations, padding } = shape;
  const info = infoOf(shape);
  const values = {
    x: numbers(batch * height * width * channelsIn, random),
    filter: numbers(kernel[0] * kernel[1] * channelsIn * channelsOut, random),
    bias: numbers(channelsOut, random),
    dy: numbers(batch * info.outHeight * info.outWidth * channelsOut, random),
  };
  const expected = reference(shape, values.x, values.filter, values.bias, values.dy);
  const x = tf.tensor4d(values.x, [batch, height, width, channelsIn]);
  const filter = tf.tensor4d(values.filter, [...kernel, channelsIn, channelsOut]);
  const bias = tf.tensor1d(values.bias);
  const dy = tf.tensor4d(values.dy, info.outShape as [number, number, number, number]);
  const windows = { strides, dilations, padding };
  const y = convolve(x, filter, shape.biased ? bias : null, windows, shape.activation) as tf.Tensor4D;
  // Gated by the exact output: where it is close to a bound, the computed one may lie on its other side.
  const output = tf.tensor4d(Float32Array.from(expected.y), y.shape);
  const dx = convolveGradient(dy, filter, x.shape, windows, { output, activation: shape.activation });
  expect(y.shape).toEqual(info.outShape);
  expect(dx?.shape).toEqual(x.shape);
  const taps = kernel[0] * kernel[1];
  const gaps: [number, number] = [
    gapOf((await y.data()) as Float32Array, expected.y, taps * channelsIn),
    gapOf((await (dx as tf.Tensor).data()) as Float32Array, expected.dx, taps * channelsOut),
  ];
  disposePrepared(filter);
  tf.dispose([x, filter, bias, dy, y, output, dx as tf.Tensor]);
  return gaps;
}

describe('convolutions of our own on WebAssembly against their definition in float64', () => {
  beforeAll(async () => {
    await startBackend('wasm');
  });

  it.each([
    ['in tiles (3 x 3, stride 1)', tiles, 1e-5],
    ['in patches (any filter, stride and dilation)', patches, 3e-6],
  ])(
    '%s: forward and gradient, for any size, padding, channels, batch, bias and activation',
    async (_, shapes, tolerance) => {
      const before = tf.memory().numTensors;
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          const [forward, gradient] = await compare(shape);
          expect(forward).toBeLessThan(tolerance);
          expect(gradient).toBeLessThan(tolerance);
        }),
        { numRuns: 150 },
      );
      expect(tf.memory().numTensors).toBe(before);
    },
    120_000,
  );
});
