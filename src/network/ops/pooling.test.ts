import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import type { PoolingSpec } from './pooling';
import { innerProduct, type Numbers, pool, randomNumbers } from './testing/reference';
import { expectAdjoint, expectClose, runOperation } from './testing/run-operation';
import { explicitPadding, type Padding, type Pair } from './window';

const cases = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    size: fc.tuple(fc.integer({ min: 5, max: 10 }), fc.integer({ min: 5, max: 10 })),
    channels: fc.integer({ min: 1, max: 5 }),
    window: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    padding: fc.constantFrom<'same' | 'valid' | 'half' | 'lower'>('same', 'valid', 'half', 'lower'),
    countPadding: fc.boolean(),
    ceil: fc.boolean(),
    seed: fc.integer(),
  })
  .map(({ batch, size, channels, window, strides, padding, countPadding, ceil, seed }) => {
    const half = window.map((length) => Math.floor(length / 2));
    const sides: Record<string, Padding> = {
      half: { top: half[0], bottom: half[0], left: half[1], right: half[1] },
      lower: { top: half[0], bottom: 0, left: 0, right: half[1] },
    };
    const symmetric = padding === 'half' || padding === 'lower';
    return {
      x: randomNumbers([batch, ...size, channels], seed),
      spec: {
        size: window,
        strides,
        padding: symmetric ? sides[padding] : (padding as 'same' | 'valid'),
        // Only ONNX and PyTorch have these, with explicit padding; with wider strides nobody uses them together.
        countPadding: symmetric && countPadding,
        ceil: symmetric && ceil && strides.every((stride, axis) => stride <= window[axis]),
      },
    };
  });

/** Places by PyTorch's rule for ceil_mode: the last window begins inside the map or its first padding. */
function places(
  x: Numbers,
  { size, strides, padding, ceil }: Omit<PoolingSpec, 'type' | 'by'>,
): [number, number] {
  const sides = explicitPadding([x.shape[1], x.shape[2]], { size, strides, padding, dilations: [1, 1] });
  const [rows, columns] = [
    [x.shape[1], sides.top, sides.bottom],
    [x.shape[2], sides.left, sides.right],
  ].map(([length, before, after], axis) => {
    const free = length + before + after - size[axis];
    const count = (ceil ? Math.ceil(free / strides[axis]) : Math.floor(free / strides[axis])) + 1;
    return ceil && (count - 1) * strides[axis] >= length + before ? count - 1 : count;
  });
  return [rows, columns];
}

function reference(x: Numbers, spec: PoolingSpec): Numbers {
  const sides = explicitPadding([x.shape[1], x.shape[2]], { ...spec, dilations: [1, 1] });
  return pool(x, spec, { strides: spec.strides, dilations: [1, 1], sides, places: places(x, spec) });
}

describe.each(['cpu', 'wasm'] as const)('pooling on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('averages windows by their definition, and its gradient is the transpose', () => {
    fc.assert(
      fc.property(cases, ({ x, spec }) => {
        const whole: PoolingSpec = { type: 'pooling', by: 'average', ...spec };
        expectClose(runOperation(whole, [x]).output, reference(x, whole).values);
        expectAdjoint(whole, [x]);
      }),
      { numRuns: 80 },
    );
  });

  it('takes the maximum of windows, and hands the gradient to the place that holds it', () => {
    fc.assert(
      fc.property(cases, ({ x, spec }) => {
        const whole: PoolingSpec = { type: 'pooling', by: 'maximum', ...spec };
        const { output, gradients, dy } = runOperation(whole, [x]);
        const expected = reference(x, whole).values;
        expectClose(output, expected);
        // Among distinct numbers the maximum is linear around x, and homogeneous: <dx, x> = <dy, y>.
        const scale = Math.max(1, innerProduct(expected.map(Math.abs), dy.values.map(Math.abs)));
        const difference = innerProduct(gradients[0], x.values) - innerProduct(dy.values, expected);
        expect(Math.abs(difference) / scale).toBeLessThan(1e-5);
        // A number that is nobody's maximum gets nothing; each gradient is a sum of some dy.
        const kept = new Set(Array.from(expected, Math.fround));
        gradients[0].forEach((value, i) => {
          if (!kept.has(Math.fround(x.values[i]))) expect(value).toBe(0);
        });
      }),
      { numRuns: 80 },
    );
  });

  it('thins out where the stride is wider than the window', () => {
    const x = randomNumbers([1, 5, 5, 2], 4);
    const strides: Pair = [2, 2];
    const base = { type: 'pooling' as const, size: [1, 1] as Pair, strides, padding: 'valid' as const };
    const { output, gradients, dy } = runOperation(
      { ...base, by: 'maximum', countPadding: false, ceil: false },
      [x],
    );
    expect(Array.from(output.slice(0, 6))).toEqual([0, 1, 4, 5, 8, 9].map((i) => x.values[i]));
    expect(Array.from(gradients[0].slice(0, 10))).toEqual(
      [0, 1, -1, -1, 2, 3, -1, -1, 4, 5].map((i) => (i < 0 ? 0 : dy.values[i])),
    );
  });
});
