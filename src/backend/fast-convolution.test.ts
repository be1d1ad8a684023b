import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend, withRelaxedKernels, withThreads } from '../engine/engine-testing';
import { seededRandom } from '../semiotics';
import { convolutionOnto, groupedInputGradient, inputGradientOnto, placeGroups } from './fast-convolution';
import { fastestForm, withinStep } from './fast-convolution/choose-kernel';
import type { Activation } from './fast-convolution/geometry';
import type { Form } from './fast-convolution/prepared';
import type { TensorMemory } from './memory/tensor-memory';

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

const pad = fc.integer({ min: 0, max: 4 });

/** Sides that are no multiple of a tile and channels that are none of a vector, more often than not. */
const cases = (
  channels: fc.Arbitrary<number>,
  windows: fc.Arbitrary<Pick<Case, 'kernel' | 'strides' | 'dilations'>>,
  side = fc.integer({ min: 1, max: 14 }),
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

const one: [number, number] = [1, 1];
const atEveryPlace = { strides: one, padding: 'same' as const };
const pairOf = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

const isPerformedBy =
  (form: Form, forTraining = false) =>
  (shape: Case) => {
    const { batch, height, width, channelsIn, channelsOut, kernel, strides, dilations } = shape;
    const { padInfo, outHeight, outWidth } = infoOf(shape);
    const geometry = { kernel, strides, dilations, top: padInfo.top, left: padInfo.left };
    const extent = { geometry, batch, channelsIn, channelsOut, forTraining };
    return (
      fastestForm({ ...extent, height: outHeight, width: outWidth, turned: false }) === form &&
      fastestForm({ ...extent, height, width, turned: true }) === form
    );
  };

const threeByThree = fc.constant({ kernel: [3, 3] as [number, number], strides: one, dilations: one });

/** Within a training step; elsewhere maps are larger, which take long in float64. */
const tiles = cases(fc.integer({ min: 16, max: 61 }), threeByThree).filter(isPerformedBy('winograd', true));

/** More channels than are transformed at once, too. */
const tilesOfTaps = cases(
  fc.oneof(fc.integer({ min: 48, max: 56 }), fc.integer({ min: 62, max: 72 })),
  threeByThree,
  fc.integer({ min: 1, max: 9 }),
).filter(isPerformedBy('taps'));

const patches = cases(
  fc.integer({ min: 1, max: 21 }),
  fc.oneof(
    fc.record({ kernel: pairOf(1, 5), strides: pairOf(1, 3), dilations: fc.constant(one) }),
    fc.record({ kernel: pairOf(1, 3), strides: fc.constant(one), dilations: pairOf(1, 3) }),
  ),
).filter(isPerformedBy('patches'));

const inPlace = cases(
  fc.integer({ min: 1, max: 9 }),
  fc.record({ kernel: pairOf(1, 5), strides: pairOf(1, 2), dilations: fc.constant(one) }),
  fc.integer({ min: 30, max: 37 }),
).filter(isPerformedBy('given'));

const activated = (value: number, activation: Activation) =>
  activation === 'linear' ? value : Math.min(Math.max(0, value), activation === 'relu' ? Infinity : 6);

/** The convolution and its gradient summed in float64, from their definitions. */
function reference(shape: Case, x: Float32Array, filter: Float32Array, bias: Float32Array, dy: Float32Array) {
  const { batch, height, width, channelsIn, channelsOut, kernel, strides, dilations } = shape;
  const info = infoOf(shape);
  const { outHeight, outWidth, padInfo } = info;
  const y = new Float64Array(batch * outHeight * outWidth * channelsOut);
  const dx = new Float64Array(x.length);
  const act = (value: number) => activated(value, shape.activation);
  const open = (value: number) =>
    shape.activation === 'linear' || (value > 0 && (shape.activation === 'relu' || value < 6));
  const rowOfTap = (row: number, r: number) => row * strides[0] - padInfo.top + r * dilations[0];
  const columnOfTap = (column: number, s: number) => column * strides[1] - padInfo.left + s * dilations[1];
  /** Visits every tap of one output position: first of the input's channels, first of the filter's. */
  const visit = (position: number, product: (input: number, weight: number) => void) => {
    const column = position % outWidth;
    const row = Math.floor(position / outWidth) % outHeight;
    const picture = Math.floor(position / outWidth / outHeight);
    for (let r = 0; r < kernel[0]; r++) {
      for (let s = 0; s < kernel[1]; s++) {
        const [i, j] = [rowOfTap(row, r), columnOfTap(column, s)];
        if (i < 0 || j < 0 || i >= height || j >= width) continue;
        product(
          ((picture * height + i) * width + j) * channelsIn,
          (r * kernel[1] + s) * channelsIn * channelsOut,
        );
      }
    }
  };
  const gated = new Float64Array(channelsOut);
  for (let position = 0; position < batch * outHeight * outWidth; position++) {
    const first = position * channelsOut;
    if (shape.biased) for (let o = 0; o < channelsOut; o++) y[first + o] = bias[o];
    visit(position, (input, weight) => {
      for (let c = 0, at = weight; c < channelsIn; c++) {
        const value = x[input + c];
        for (let o = 0; o < channelsOut; o++) y[first + o] += value * filter[at++];
      }
    });
    for (let o = 0; o < channelsOut; o++) {
      y[first + o] = act(y[first + o]);
      gated[o] = open(y[first + o]) ? dy[first + o] : 0;
    }
    visit(position, (input, weight) => {
      for (let c = 0, at = weight; c < channelsIn; c++) {
        let sum = 0;
        for (let o = 0; o < channelsOut; o++) sum += gated[o] * filter[at++];
        dx[input + c] += sum;
      }
    });
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

async function compare(shape: Case, run = <Result>(work: () => Result) => work()): Promise<[number, number]> {
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
  const y = run(() =>
    tf.fused.conv2d({
      x,
      filter,
      bias: shape.biased ? bias : undefined,
      strides,
      pad: padding as 'same',
      dilations,
      activation: shape.activation,
    }),
  );
  // Gated by the exact output: where it is close to a bound, the computed one may lie on its other side.
  const output = tf.tensor4d(Float32Array.from(expected.y), y.shape);
  const gate = { output, activation: shape.activation };
  const dx = run(() =>
    groupedInputGradient(dy, placeGroups(x.shape, { filter, groups: 1, ...windows }), gate),
  );
  expect(y.shape).toEqual(info.outShape);
  expect(dx?.shape).toEqual(x.shape);
  const taps = kernel[0] * kernel[1];
  const gaps: [number, number] = [
    gapOf((await y.data()) as Float32Array, expected.y, taps * channelsIn),
    gapOf((await (dx as tf.Tensor).data()) as Float32Array, expected.dx, taps * channelsOut),
  ];
  tf.dispose([x, filter, bias, dy, y, output, dx as tf.Tensor]);
  return gaps;
}

/** The gaps where a map is added in front of the activation, and where x itself is added to the gradient towards it. */
async function compareOnto(
  shape: Case,
  run = <Result>(work: () => Result) => work(),
): Promise<[number, number]> {
  const random = seededRandom(shape.seed);
  const { batch, height, width, channelsIn, channelsOut, kernel, strides, dilations, padding } = shape;
  const info = infoOf(shape);
  const [x, filter, bias, summand] = [
    [batch, height, width, channelsIn],
    [...kernel, channelsIn, channelsOut],
    [channelsOut],
    info.outShape,
  ].map((size) => tf.tensor(numbers(tf.util.sizeFromShape(size), random), size));
  const [values, weights, shifts, added] = [x, filter, bias, summand].map(
    (tensor) => tensor.dataSync() as Float32Array,
  );
  const linear: Case = { ...shape, activation: 'linear' };
  const { y: sums, dx: changes } = reference(linear, values, weights, shifts, added);
  const windows = { strides, dilations, padding };
  const placed = placeGroups(x.shape as [number, number, number, number], {
    ...{ filter: filter as tf.Tensor4D, groups: 1, ...windows },
  });
  const y = run(() =>
    convolutionOnto(
      ...([summand, x] as [tf.Tensor4D, tf.Tensor4D]),
      ...([placed, shape.activation, shape.biased ? (bias as tf.Tensor1D) : undefined] as const),
    ),
  ) as tf.Tensor;
  const expected = sums.map((sum, i) => activated(sum + added[i], shape.activation));
  const dx = run(() => inputGradientOnto(x as tf.Tensor4D, summand as tf.Tensor4D, placed)) as tf.Tensor;
  const total = changes.map((change, i) => change + values[i]);
  const taps = kernel[0] * kernel[1];
  const gaps: [number, number] = [
    gapOf((await y.data()) as Float32Array, expected, taps * channelsIn),
    gapOf((await dx.data()) as Float32Array, total, taps * channelsOut),
  ];
  tf.dispose([x, filter, bias, summand, y, dx]);
  return gaps;
}

describe('convolutions of our own on WebAssembly against their definition in float64', () => {
  beforeAll(async () => {
    await startBackend('wasm');
  });

  it.each([
    ['in tiles (3 x 3, stride 1), the filter transformed once', tiles, 1e-5, withinStep],
    ['in tiles, the filter transformed each time', tilesOfTaps, 1e-5, undefined],
    ['in patches (any filter, stride and dilation)', patches, 3e-6, undefined],
    ['where windows lie (large maps, small filters)', inPlace, 3e-6, undefined],
  ] as const)(
    '%s: forward and gradient, for any size, padding, channels, batch, bias and activation',
    async (_, shapes, tolerance, run) => {
      const before = tf.memory().numTensors;
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          const [forward, gradient] = await compare(shape, run);
          expect(forward).toBeLessThan(tolerance);
          expect(gradient).toBeLessThan(tolerance);
        }),
        { numRuns: 60 },
      );
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it.each([
    ['in tiles, the filter transformed once', tiles, 1e-5, withinStep],
    ['in tiles, the filter transformed each time', tilesOfTaps, 1e-5, undefined],
    ['in patches', patches, 3e-6, undefined],
  ] as const)(
    '%s: with a map that is added in front of the activation, and to the gradient',
    async (_, shapes, tolerance, run) => {
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          expect(Math.max(...(await compareOnto(shape, run)))).toBeLessThan(tolerance);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('in tiles and in patches, in blocks of six rows, with relaxed SIMD', () =>
    withRelaxedKernels(async () => {
      for (const [shapes, tolerance, run] of [
        [tiles, 1e-5, withinStep],
        [tilesOfTaps, 1e-5, undefined],
        [patches, 3e-6, undefined],
      ] as const) {
        await fc.assert(
          fc.asyncProperty(shapes, async (shape) => {
            expect(Math.max(...(await compare(shape, run)))).toBeLessThan(tolerance);
          }),
          { numRuns: 20 },
        );
      }
    }));

  it('in patches, of whole panels, with a map: of one part of the depth and of two, any number of positions over', async () => {
    for (const width of [1, 2, 3, 8]) {
      for (const [channelsIn, biased] of [
        [12, true],
        [12, false],
        [520, true],
      ] as const) {
        const gaps = await compareOnto({
          ...{ batch: 1, height: 3, width, channelsIn, channelsOut: 24, kernel: [1, 1], biased },
          ...{ strides: one, dilations: one, padding: 'valid', activation: 'relu', seed: width },
        });
        expect(Math.max(...gaps)).toBeLessThan(3e-6);
      }
    }
  });

  it('adds no map of another shape, and none where windows are read where they lie', () => {
    tf.tidy(() => {
      const x = tf.ones<tf.Rank.R4>([1, 32, 32, 4]);
      const place = (side: number) =>
        placeGroups(x.shape, {
          ...{ filter: tf.ones<tf.Rank.R4>([side, side, 4, 8]), groups: 1, padding: 'same', strides: one },
        });
      expect(convolutionOnto(tf.ones([1, 1, 1, 8]), x, place(1), 'relu')).toBeNull();
      expect(convolutionOnto(tf.ones([1, 32, 32, 8]), x, place(3), 'relu')).toBeNull();
      expect(convolutionOnto(tf.ones([1, 32, 32, 8]), x, place(1), 'relu')?.dataSync()[9]).toBe(5);
    });
  });

  it('in patches, of a bias and whole panels: with any number of positions over, any activation and stride', async () => {
    for (const [width, stride] of [
      [7, 1],
      [9, 2],
      [11, 2],
    ]) {
      for (const activation of ['linear', 'relu', 'relu6'] as const) {
        const gaps = await compare({
          ...{
            batch: 1,
            height: 7,
            width,
            channelsIn: 12,
            channelsOut: 24,
            kernel: [1, 1],
            dilations: [1, 1],
          },
          ...{ strides: [stride, stride], padding: 'same', activation, biased: true, seed: width },
        });
        expect(Math.max(...gaps)).toBeLessThan(3e-6);
      }
    }
  });

  /** Of a filter that is too long for the second cache, the next panels are read ahead. */
  it('in tiles of many channels', async () => {
    for (const [side, channelsOut] of [
      [20, 52],
      [10, 64],
    ]) {
      const gaps = await compare({
        ...{ batch: 1, height: side, width: side, channelsIn: 140, channelsOut, kernel: [3, 3], seed: side },
        ...{ strides: one, dilations: one, padding: 'same', activation: 'relu', biased: true },
      });
      expect(Math.max(...gaps)).toBeLessThan(1e-5);
    }
  });

  it.each([1, 2, 3, 5, 8])(
    'in patches, of whole panels without a bias: in several parts of the depth, %i positions',
    async (width) => {
      for (const activation of ['linear', 'relu'] as const) {
        const gaps = await compare({
          ...{ batch: 1, height: 1, width, channelsIn: 16, channelsOut: 1032, kernel: [1, 1] },
          ...{ strides: one, dilations: one, padding: 'valid', activation, biased: false, seed: width },
        });
        expect(Math.max(...gaps)).toBeLessThan(3e-6);
      }
    },
  );

  it.each([24, 40, 72])(
    'in patches, the last of 49 places has the digits that it has among those of more pictures: %i channels',
    (channelsOut) => {
      const filter = noise([1, 1, 600, channelsOut], 1) as tf.Tensor4D;
      const bias = noise([channelsOut], 2) as tf.Tensor1D;
      const x = noise([2, 7, 7, 600], 3) as tf.Tensor4D;
      const first = tf.slice(x, 0, 1) as tf.Tensor4D;
      const convolved = (map: tf.Tensor4D) =>
        tf.fused.conv2d({ x: map, filter, bias, strides: 1, pad: 'same' });
      const gradient = (dy: tf.Tensor4D) =>
        groupedInputGradient(
          dy,
          placeGroups([dy.shape[0], 7, 7, 600], { filter, groups: 1, ...atEveryPlace }),
        );
      const [both, alone] = [convolved(x), convolved(first)];
      expect(alone.dataSync()).toEqual(both.dataSync().slice(0, alone.size));
      const [ofBoth, ofOne] = [gradient(both), gradient(alone)];
      expect(ofOne.dataSync()).toEqual(ofBoth.dataSync().slice(0, ofOne.size));
      tf.dispose([filter, bias, x, first, both, alone, ofBoth, ofOne]);
    },
  );

  it('in patches, the gradient of one place is that of the numbers of dy that are not zero, wherever they stand', () => {
    const [channelsIn, channelsOut] = [37, 53];
    const filter = noise([1, 1, channelsIn, channelsOut], 1) as tf.Tensor4D;
    const weights = filter.dataSync();
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: channelsOut - 1 }), { maxLength: 3 }),
        fc.constantFrom(0, -0),
        (classes, zero) => {
          const dy = tf.tensor4d(
            Array.from({ length: channelsOut }, (_, at) => (classes.includes(at) ? at + 1 : zero)),
            [1, 1, 1, channelsOut],
          );
          const placed = placeGroups([1, 1, 1, channelsIn], { filter, groups: 1, ...atEveryPlace });
          const dx = groupedInputGradient(dy, placed);
          const expected = Array.from({ length: channelsIn }, (_, c) =>
            classes.reduce((sum, at) => sum + (at + 1) * weights[c * channelsOut + at], 0),
          );
          dx.dataSync().forEach((value, c) => {
            expect(value).toBeCloseTo(expected[c], 4);
          });
          tf.dispose([dy, dx]);
        },
      ),
    );
    filter.dispose();
  });

  /** Of tiles: a filter transformed once for 81 of them; each time for 49 in blocks, and for 16 in chunks of channels; of patches: 13 blocks of a stage, chunks of channels, and a stride. */
  it.each([
    ['9 x 9 tiles', 36, [3, 3, 48, 64], 1],
    ['7 x 7 tiles', 28, [3, 3, 64, 64], 1],
    ['4 x 4 tiles', 14, [3, 3, 48, 192], 1],
    ['few channels', 56, [1, 1, 24, 32], 1],
    ['few places', 7, [1, 1, 40, 200], 1],
    ['a stride', 15, [3, 3, 24, 72], 2],
    ['many channels', 20, [3, 3, 136, 64], 1],
    ['few places of long patches', 14, [3, 3, 256, 72], 2],
  ] as [string, number, [number, number, number, number], number][])(
    'has the same digits on any number of threads: %s',
    async (_, side, filterShape, stride) => {
      const digits = () =>
        tf.tidy(() => {
          const x = noise([1, side, side, filterShape[2]], 3) as tf.Tensor4D;
          const filter = noise(filterShape, 4) as tf.Tensor4D;
          const bias = noise([filterShape[3]], 5) as tf.Tensor1D;
          const y = tf.fused.conv2d({ x, filter, bias, strides: stride, pad: 'same', activation: 'relu' });
          const windows = { strides: [stride, stride] as [number, number], padding: 'same' as const };
          const gate = { output: y, activation: 'relu' as const };
          const placed = placeGroups(x.shape, { filter, groups: 1, ...windows });
          const dx = groupedInputGradient(y, placed, gate);
          const added = convolutionOnto(noise(y.shape, 6) as tf.Tensor4D, x, placed, 'relu', bias);
          const total = inputGradientOnto(x, y, placed, gate) as tf.Tensor;
          return [y, dx, added as tf.Tensor, total].flatMap((each) => [...each.dataSync()]);
        });
      const onOne = digits();
      for (const threads of [2, 3, 8])
        await withThreads(threads, async () => expect(digits()).toEqual(onOne));
    },
  );

  it('frees what was made of a filter with the filter', async () => {
    const heapSize = () => (tf.backend() as TensorMemory).heap.size();
    const x = tf.ones<tf.Rank.R4>([1, 16, 16, 256]);
    const convolveOnce = () => {
      const filter = tf.ones<tf.Rank.R4>([3, 3, 256, 256]);
      const y = tf.conv2d(x, filter, 1, 'same');
      const windows = { filter, groups: 1, strides: one, padding: 'same' as const };
      groupedInputGradient(y, placeGroups(x.shape, windows)).dispose();
      tf.dispose([y, filter]);
    };
    for (let i = 0; i < 3; i++) convolveOnce();
    const before = heapSize();
    // 2.4 MB each.
    for (let i = 0; i < 30; i++) convolveOnce();
    expect(heapSize()).toBe(before);
    x.dispose();
  });
});
