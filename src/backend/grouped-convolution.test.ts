import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend, withThreads } from '../engine/engine-testing';
import { seededRandom } from '../semiotics';
import { groupedConvolution, groupedInputGradient, placeGroups } from './fast-convolution';
import type { Activation } from './fast-convolution/geometry';

type Shape4D = [number, number, number, number];
type Sides = [number, number];

interface Case {
  /** Batch, height, width. */
  size: [number, number, number];
  groups: number;
  /** Input and output channels of a group. */
  depth: number;
  each: number;
  kernel: Sides;
  strides: Sides;
  /** Zeros above and below, left and right. */
  rows: Sides;
  columns: Sides;
  activation: Activation;
  biased: boolean;
  seed: number;
}

const upTo = (max: number) => fc.integer({ min: 1, max });
const pads = fc.tuple(fc.nat(3), fc.nat(3));
/** Channels that fill vectors and panels, and such as do not. */
const channels = fc.oneof(fc.constantFrom(4, 8, 16, 20), upTo(11));

const cases: fc.Arbitrary<Case> = fc
  .record({
    size: fc.tuple(upTo(2), upTo(13), upTo(13)),
    groups: upTo(6),
    depth: channels,
    each: channels,
    kernel: fc.tuple(upTo(4), upTo(4)),
    strides: fc.tuple(upTo(3), upTo(3)),
    rows: pads,
    columns: pads,
    activation: fc.constantFrom('linear' as const, 'relu' as const, 'relu6' as const),
    biased: fc.boolean(),
    seed: upTo(1e6),
  })
  .filter(
    ({ size: [, height, width], kernel, rows, columns }) =>
      height + rows[0] + rows[1] >= kernel[0] && width + columns[0] + columns[1] >= kernel[1],
  );

const outSide = (size: number, [before, after]: Sides, kernel: number, stride: number) =>
  Math.floor((size + before + after - kernel) / stride) + 1;

interface Numbers {
  x: Float32Array;
  filter: Float32Array;
  bias: Float32Array;
  dy: Float32Array;
}

/** Output and gradient of the input summed in float64, product by product. */
function defined(shape: Case, outs: Sides, { x, filter, bias, dy }: Numbers) {
  const { size, groups, depth, each, kernel, strides, rows, columns, activation, biased } = shape;
  const [batch, height, width] = size;
  const out = groups * each;
  const y = new Float64Array(dy.length);
  const dx = new Float64Array(x.length);
  const highest = activation === 'relu6' ? 6 : Infinity;
  const visit = (i: number, product: (input: number, weight: number) => void) => {
    const o = i % out;
    const [column, row] = [Math.floor(i / out) % outs[1], Math.floor(i / out / outs[1]) % outs[0]];
    const picture = Math.floor(i / out / outs[0] / outs[1]);
    for (let r = 0; r < kernel[0]; r++) {
      for (let s = 0; s < kernel[1]; s++) {
        const [at, across] = [row * strides[0] - rows[0] + r, column * strides[1] - columns[0] + s];
        if (at < 0 || across < 0 || at >= height || across >= width) continue;
        const place = ((picture * height + at) * width + across) * groups * depth;
        for (let c = 0; c < depth; c++) {
          product(place + Math.floor(o / each) * depth + c, ((r * kernel[1] + s) * depth + c) * out + o);
        }
      }
    }
  };
  for (let i = 0; i < batch * outs[0] * outs[1] * out; i++) {
    y[i] = biased ? bias[i % out] : 0;
    visit(i, (input, weight) => {
      y[i] += x[input] * filter[weight];
    });
    if (activation !== 'linear') y[i] = Math.min(Math.max(0, y[i]), highest);
    if (activation !== 'linear' && !(y[i] > 0 && y[i] < highest)) continue;
    visit(i, (input, weight) => {
      dx[input] += dy[i] * filter[weight];
    });
  }
  return { y, dx };
}

function computed(shape: Case, outs: Sides, { x, filter, bias, dy }: Numbers, gate: Float32Array) {
  const { size, groups, depth, each, kernel, strides, rows, columns, activation, biased } = shape;
  const inputShape: Shape4D = [...size, groups * depth];
  const outShape: Shape4D = [size[0], ...outs, groups * each];
  return tf.tidy(() => {
    const windows = {
      filter: tf.tensor4d(filter, [...kernel, depth, groups * each]),
      padding: [[0, 0], rows, columns, [0, 0]] as tf.backend_util.ExplicitPadding,
      ...{ groups, strides },
    };
    const placed = placeGroups(inputShape, windows);
    const own = biased ? tf.tensor1d(bias) : undefined;
    const y = groupedConvolution(tf.tensor4d(x, inputShape), placed, activation, own);
    const before = { output: tf.tensor4d(gate, outShape), activation };
    const dx = groupedInputGradient(tf.tensor4d(dy, outShape), placed, before);
    expect([y.shape, dx.shape]).toEqual([outShape, inputShape]);
    return { y: y.dataSync() as Float32Array, dx: dx.dataSync() as Float32Array };
  });
}

/** Largest gap, over the root of the mean square that such a sum has. */
const gapOf = (actual: Float32Array, expected: Float64Array, products: number) =>
  actual.reduce((gap, value, i) => Math.max(gap, Math.abs(value - expected[i])), 0) /
  Math.sqrt(1 + products / 9);

function given(shape: Case) {
  const { size, groups, depth, each, kernel, strides, rows, columns, seed } = shape;
  const outs: Sides = [
    outSide(size[1], rows, kernel[0], strides[0]),
    outSide(size[2], columns, kernel[1], strides[1]),
  ];
  const random = seededRandom(seed);
  const numbers = (length: number) => Float32Array.from({ length }, () => 2 * random.next() - 1);
  const values: Numbers = {
    x: numbers(size[0] * size[1] * size[2] * groups * depth),
    filter: numbers(kernel[0] * kernel[1] * depth * groups * each),
    bias: numbers(groups * each),
    dy: numbers(size[0] * outs[0] * outs[1] * groups * each),
  };
  return { outs, values };
}

/** Asserts what float64 gives, within a few roundings. */
function expectExact(shape: Case): void {
  const { outs, values } = given(shape);
  const expected = defined(shape, outs, values);
  // Gated by the exact output: where it is close to a bound, the computed one may lie on its other side.
  const actual = computed(shape, outs, values, Float32Array.from(expected.y));
  const taps = shape.kernel[0] * shape.kernel[1];
  expect(gapOf(actual.y, expected.y, taps * shape.depth)).toBeLessThan(3e-6);
  expect(gapOf(actual.dx, expected.dx, taps * shape.each)).toBeLessThan(3e-6);
}

/** Groups of four output channels, and positions in steps of one: see `grouped-planes.ts`. */
const narrowCases: fc.Arbitrary<Case> = cases.map((shape) => ({
  ...shape,
  groups: shape.groups + 1,
  depth: 1 + (shape.depth % 4),
  each: 4,
  size: [shape.size[0], shape.size[1], shape.size[2] + 7],
  strides: [shape.strides[0], 1],
}));

describe('convolutions in groups on WebAssembly', () => {
  beforeAll(() => startBackend('wasm'));

  it('are what float64 gives, forward and towards the input, for any size, stride, padding, activation and groups', () => {
    const before = tf.memory().numTensors;
    fc.assert(fc.property(cases, expectExact), { numRuns: 60 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('are what float64 gives where a vector holds a channel of four places, in rows that fill vectors and in others', () => {
    fc.assert(fc.property(narrowCases, expectExact), { numRuns: 60 });
  });

  it('have the same digits on any number of threads', async () => {
    const shapes: Case[] = [
      { ...wide, strides: [1, 1] },
      { ...wide, groups: 16, depth: 4, each: 4 },
      { ...wide, strides: [2, 2] },
    ];
    const all = () =>
      shapes.map((shape) => {
        const { outs, values } = given(shape);
        return computed(shape, outs, values, values.dy);
      });
    const alone = all();
    await withThreads(3, async () => expect(all()).toEqual(alone));
  });
});

const wide: Case = {
  size: [1, 60, 60],
  groups: 8,
  ...{ depth: 8, each: 8 },
  kernel: [3, 3],
  strides: [1, 1],
  rows: [1, 1],
  columns: [1, 1],
  activation: 'relu',
  biased: true,
  seed: 5,
};
