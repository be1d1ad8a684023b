import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend, withThreads } from '../../engine/engine-testing';
import type { TensorMemory } from '../memory/tensor-memory';
import { type ConvolutionCase, convolutions, outputShape, paddings, seeds } from '../testing/convolutions';

type Shape4D = [number, number, number, number];

/** From its definition, in float64. */
function reference(shape: ConvolutionCase, x: Float32Array, dy: Float32Array): Float64Array {
  const { input, filter, strides, padding } = shape;
  const [batch, height, width, channelsIn] = input;
  const [, outHeight, outWidth, channelsOut] = outputShape(shape);
  const { top, left } = tf.backend_util.computeConv2DInfo(input, filter, strides, 1, padding).padInfo;
  const gradient = new Float64Array(tf.util.sizeFromShape(filter));
  for (let position = 0; position < batch * outHeight * outWidth; position++) {
    const column = position % outWidth;
    const row = Math.floor(position / outWidth) % outHeight;
    const picture = Math.floor(position / outWidth / outHeight);
    for (let tap = 0; tap < filter[0] * filter[1]; tap++) {
      const i = row * strides[0] - top + Math.floor(tap / filter[1]);
      const j = column * strides[1] - left + (tap % filter[1]);
      if (i < 0 || j < 0 || i >= height || j >= width) continue;
      for (let c = 0; c < channelsIn; c++) {
        const value = x[((picture * height + i) * width + j) * channelsIn + c];
        const at = (tap * channelsIn + c) * channelsOut;
        for (let o = 0; o < channelsOut; o++) gradient[at + o] += value * dy[position * channelsOut + o];
      }
    }
  }
  return gradient;
}

const gradientOf = (x: tf.Tensor, dy: tf.Tensor, { filter, strides, padding }: ConvolutionCase) =>
  tf.engine().runKernel(
    tf.Conv2DBackpropFilter,
    { x, dy },
    {
      strides,
      pad: padding as 'same',
      dataFormat: 'NHWC',
      filterShape: filter,
      dimRoundingMode: undefined as never,
    },
  ) as tf.Tensor4D;

/** Length of the error over the length of the gradient in float64, in which no rounding shows. */
async function relativeError(shape: ConvolutionCase, seed: number): Promise<number> {
  const x = noise(shape.input, seed);
  const dy = noise(outputShape(shape), seed + 1);
  const gradient = gradientOf(x, dy, shape);
  expect(gradient.shape).toEqual(shape.filter);
  const expected = reference(shape, (await x.data()) as Float32Array, (await dy.data()) as Float32Array);
  const actual = await gradient.data();
  tf.dispose([x, dy, gradient]);
  const length = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
  const error = length(expected.map((value, i) => actual[i] - value));
  return error === 0 ? 0 : error / length(expected);
}

const channels = fc.integer({ min: 8, max: 37 });
const side = fc.integer({ min: 3, max: 15 });

/** Convolutions that are summed in Winograd's planes, but for those on the smallest maps. */
const threeByThree: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    input: fc.tuple(fc.integer({ min: 1, max: 5 }), side, side, channels),
    out: channels,
    padding: paddings,
  })
  .map(({ input, out, padding }) => ({
    input,
    filter: [3, 3, input[3], out] as Shape4D,
    strides: [1, 1],
    padding,
  }));

describe('gradient of a convolution towards its filter on WebAssembly against its definition in float64', () => {
  beforeAll(async () => {
    await startBackend('wasm');
  });

  it.each([
    ['3 x 3, stride 1', threeByThree, 1e-5],
    ['any filter and stride', convolutions, 2e-6],
  ])('%s: for any size, padding, channels and batch', async (_, shapes, tolerance) => {
    const before = tf.memory().numTensors;
    await fc.assert(
      fc.asyncProperty(shapes, seeds, async (shape, seed) => {
        expect(await relativeError(shape, seed)).toBeLessThan(tolerance);
      }),
      { numRuns: 60 },
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ['many positions in several blocks', [8, 40, 36, 16], [3, 3, 16, 24], [1, 1]],
    ['more channels than one part sums', [4, 7, 7, 144], [3, 3, 144, 136], [1, 1]],
    ['a stem of stride 2', [3, 41, 38, 3], [7, 7, 3, 20], [2, 2]],
    ['1 x 1', [5, 21, 17, 40], [1, 1, 40, 24], [1, 1]],
    ['5 x 5', [3, 19, 18, 12], [5, 5, 12, 20], [1, 1]],
  ] as [string, Shape4D, Shape4D, [number, number]][])('%s', async (_, input, filter, strides) => {
    expect(await relativeError({ input, filter, strides, padding: 'same' }, 3)).toBeLessThan(3e-6);
  });

  it('has the same digits when cut for any number of threads', async () => {
    const shapes: ConvolutionCase[] = [
      { input: [8, 30, 31, 12], filter: [3, 3, 12, 20], strides: [1, 1], padding: 'same' },
      { input: [4, 14, 14, 96], filter: [3, 3, 96, 104], strides: [1, 1], padding: 'valid' },
      { input: [2, 9, 9, 200], filter: [3, 3, 200, 190], strides: [1, 1], padding: 'same' },
      { input: [4, 21, 22, 3], filter: [5, 4, 3, 9], strides: [2, 1], padding: 'same' },
    ];
    const gradients = () =>
      Promise.all(
        shapes.map(async (shape) => {
          const inputs = [noise(shape.input, 3), noise(outputShape(shape), 4)];
          const gradient = gradientOf(inputs[0], inputs[1], shape);
          const values = await gradient.data();
          tf.dispose([...inputs, gradient]);
          return values;
        }),
      );
    const onOne = await gradients();
    for (const threads of [2, 5, 16]) {
      await withThreads(threads, async () => expect(await gradients()).toEqual(onOne));
    }
  });

  it('is not a number where the input is not', async () => {
    const shape: ConvolutionCase = {
      input: [2, 9, 9, 8],
      filter: [3, 3, 8, 8],
      strides: [1, 1],
      padding: 'same',
    };
    const values = new Float32Array(2 * 9 * 9 * 8).fill(1);
    values[8 * (9 * 4 + 4) + 3] = NaN;
    const gradient = tf.tidy(() => gradientOf(tf.tensor(values, shape.input), noise([2, 9, 9, 8], 1), shape));
    const result = await gradient.data();
    gradient.dispose();
    for (let tap = 0; tap < 9; tap++) expect(result[(tap * 8 + 3) * 8]).toBeNaN();
    // Other channels never meet it.
    for (let tap = 0; tap < 9; tap++) expect(result[tap * 64]).not.toBeNaN();
  });

  it('returns the memory that its sums took', () => {
    const heapSize = () => (tf.backend() as TensorMemory).heap.size();
    const shape: ConvolutionCase = {
      input: [1, 9, 9, 256],
      filter: [3, 3, 256, 256],
      strides: [1, 1],
      padding: 'same',
    };
    const [x, dy] = [noise(shape.input, 1), noise(shape.input, 2)];
    for (let i = 0; i < 3; i++) gradientOf(x, dy, shape).dispose();
    const before = heapSize();
    // 9 MB each.
    for (let i = 0; i < 30; i++) gradientOf(x, dy, shape).dispose();
    expect(heapSize()).toBe(before);
    tf.dispose([x, dy]);
  });
});
