import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend, withThreads } from '../../engine/engine-testing';
import { paddings, seeds } from '../testing/convolutions';
import {
  GATED_DEPTHWISE_INPUT_GRADIENT,
  gatedDepthwiseInputGradient,
  placeDepthwise,
} from './fast-depthwise';

type Shape4D = [number, number, number, number];

interface Case {
  input: Shape4D;
  filter: Shape4D;
  strides: [number, number];
  dilations: [number, number];
  pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
  activation: 'linear' | 'relu' | 'relu6';
  biased: boolean;
  seed: number;
}

const upTo = (max: number) => fc.integer({ min: 1, max });
const pairs = (max: number) => fc.tuple(upTo(max), upTo(max));

const cases: fc.Arbitrary<Case> = fc
  .record({
    input: fc.tuple(upTo(3), upTo(11), upTo(19), upTo(37)),
    // Three columns, the usual ones, have a loop of their own.
    window: fc.oneof(pairs(5), fc.constant<[number, number]>([3, 3])),
    steps: fc.oneof(
      fc.record({ strides: pairs(3), dilations: fc.constant<[number, number]>([1, 1]) }),
      fc.record({ strides: fc.constant<[number, number]>([1, 1]), dilations: pairs(3) }),
    ),
    pad: paddings,
    activation: fc.constantFrom('linear' as const, 'relu' as const, 'relu6' as const),
    biased: fc.boolean(),
    seed: seeds,
  })
  .map(({ input, window, steps, ...rest }) => ({
    ...rest,
    ...steps,
    input,
    filter: [...window, input[3], 1] as Shape4D,
  }))
  .filter(({ input, filter, dilations, pad }) => {
    if (pad === 'same') return true;
    const sides = pad === 'valid' ? [0, 0] : [pad[1][0] + pad[1][1], pad[2][0] + pad[2][1]];
    return [0, 1].every((axis) => input[axis + 1] + sides[axis] > (filter[axis] - 1) * dilations[axis]);
  });

const infoOf = ({ input, filter, strides, dilations, pad }: Case) =>
  tf.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, undefined, true);

async function forwardEqualsCpu(shape: Case): Promise<void> {
  const { input, filter, strides, dilations, pad, activation, biased, seed } = shape;
  const on = (backend: 'cpu' | 'wasm') =>
    kernelOn(
      backend,
      tf.FusedDepthwiseConv2D,
      () => ({
        x: noise(input, seed),
        filter: noise(filter, seed + 1),
        ...(biased && { bias: noise([input[3]], seed + 2) }),
      }),
      { strides, dilations, pad, activation },
    );
  expectClose(await on('wasm'), await on('cpu'), 2e-5);
}

/** Gradients from their definitions, in float64. */
async function gradientsEqualDefinition(shape: Case): Promise<void> {
  await tf.setBackend('wasm');
  const { input, filter, strides, dilations, pad, activation, seed } = shape;
  const { outShape, outHeight, outWidth, padInfo } = infoOf(shape);
  const before = tf.memory().numTensors;
  const [x, weights, dy] = [noise(input, seed), noise(filter, seed + 1), noise(outShape, seed + 2)];
  const output = tf.tidy(() => tf.mul(noise(outShape, seed + 3), 6)) as tf.Tensor4D;
  const windows = { filter: weights as tf.Tensor4D, strides, dilations, pad };
  const gradients = [
    gatedDepthwiseInputGradient(dy as tf.Tensor4D, placeDepthwise(input, windows), { output, activation }),
    tf
      .engine()
      .runKernel(
        tf.DepthwiseConv2dNativeBackpropFilter,
        { x, dy },
        { strides, pad: pad as 'same', dilations, filterShape: filter },
      ) as tf.Tensor,
  ] as tf.Tensor[];
  const values = await Promise.all([x, weights, dy, output].map((tensor) => tensor.data()));
  const dx = new Float64Array(x.size);
  const df = new Float64Array(weights.size);
  const channels = input[3];
  const isOpen = (value: number) =>
    activation === 'linear' || (value > 0 && (activation === 'relu' || value < 6));
  for (let place = 0; place < dy.size / channels; place++) {
    const column = place % outWidth;
    const row = Math.floor(place / outWidth) % outHeight;
    const picture = Math.floor(place / outWidth / outHeight);
    for (let tap = 0; tap < filter[0] * filter[1]; tap++) {
      const i = row * strides[0] - padInfo.top + Math.floor(tap / filter[1]) * dilations[0];
      const j = column * strides[1] - padInfo.left + (tap % filter[1]) * dilations[1];
      if (i < 0 || j < 0 || i >= input[1] || j >= input[2]) continue;
      for (let c = 0; c < channels; c++) {
        const from = ((picture * input[1] + i) * input[2] + j) * channels + c;
        const change = values[2][place * channels + c];
        df[tap * channels + c] += values[0][from] * change;
        if (isOpen(values[3][place * channels + c])) dx[from] += values[1][tap * channels + c] * change;
      }
    }
  }
  const near = async (tensor: tf.Tensor, expected: Float64Array, expectedShape: number[]) =>
    expectClose(
      { shape: tensor.shape, values: Array.from(await tensor.data()) },
      { shape: expectedShape, values: Array.from(expected) },
      5e-5,
    );
  await near(gradients[0], dx, input);
  await near(gradients[1], df, filter);
  tf.dispose([x, weights, dy, output, gradients]);
  expect(tf.memory().numTensors).toBe(before);
}

describe('depthwise convolutions of our own', () => {
  beforeAll(() => startBackend('wasm'));

  it('give the same bytes on any number of threads, forward and backward', () =>
    fc.assert(
      fc.asyncProperty(cases, async (shape) => {
        const numbers: number[][] = [];
        for (const threads of [1, 4]) {
          await withThreads(threads, async () => {
            const { input, filter, strides, dilations, pad, activation, seed } = shape;
            const { outShape } = infoOf(shape);
            const inputs = () => ({ x: noise(input, seed), filter: noise(filter, seed + 1) });
            const attributes = { strides, dilations, pad, activation };
            const forward = await kernelOn('wasm', tf.FusedDepthwiseConv2D, inputs, attributes);
            const backward = await kernelOn(
              'wasm',
              GATED_DEPTHWISE_INPUT_GRADIENT,
              () => ({
                dy: noise(outShape, seed + 2),
                filter: noise(filter, seed + 1),
                output: noise(outShape, seed + 3),
              }),
              { strides, dilations, pad, inputShape: input, gateActivation: activation },
            );
            numbers.push([...forward.values, ...backward.values]);
          });
        }
        expect(numbers[1]).toEqual(numbers[0]);
      }),
      { numRuns: 30 },
    ));
});

describe.each([1, 3])('depthwise convolutions of our own, cut for %i threads', (threads) => {
  beforeAll(async () => {
    await startBackend('cpu');
    await startBackend('wasm');
  });

  it('equal the CPU backend forward: any size, window, stride, dilation, padding, bias and activation', () =>
    withThreads(threads, () => fc.assert(fc.asyncProperty(cases, forwardEqualsCpu), { numRuns: 80 })));

  it('have gradients as by their definition, through a gate', () =>
    withThreads(threads, () =>
      fc.assert(fc.asyncProperty(cases, gradientsEqualDefinition), { numRuns: 80 }),
    ));
});
