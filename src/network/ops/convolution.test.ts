import type * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { linear } from './activation';
import type { ConvolutionSpec } from './convolution';
import { shapeOf } from './index';
import { MisfitError } from './operation';
import { convolve, type Numbers, randomNumbers } from './testing/reference';
import { expectAdjoint, expectClose, runOperation, tensorOf } from './testing/run-operation';
import { explicitPadding, type Padding, type Pair, windowPlaces } from './window';

interface Case {
  x: Numbers;
  filter: Numbers;
  bias: Numbers;
  strides: Pair;
  padding: Padding;
  dilations: Pair;
  groups: number;
}

const small = fc.integer({ min: 1, max: 3 });
const pair = fc.tuple(small, small);
const side = fc.integer({ min: 0, max: 2 });

const cases = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    size: fc.tuple(fc.integer({ min: 7, max: 11 }), fc.integer({ min: 7, max: 11 })),
    window: pair,
    steps: pair,
    spread: fc.boolean(),
    padding: fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      fc.record({ top: side, bottom: side, left: side, right: side }),
    ),
    groups: small,
    depth: small,
    each: small,
    seed: fc.integer(),
  })
  .map(
    ({ batch, size, window, steps, spread, padding, groups, depth, each, seed }): Case => ({
      x: randomNumbers([batch, ...size, depth * groups], seed),
      filter: randomNumbers([...window, depth, each * groups], seed + 1),
      bias: randomNumbers([each * groups], seed + 2),
      strides: spread ? [1, 1] : steps,
      dilations: spread ? steps : [1, 1],
      padding,
      groups,
    }),
  );

function expected({ x, filter, bias, strides, padding, dilations, groups }: Case): Numbers {
  const window = { size: [filter.shape[0], filter.shape[1]] as Pair, strides, padding, dilations };
  const size: Pair = [x.shape[1], x.shape[2]];
  const places = windowPlaces(size, window);
  return convolve(x, filter, bias, groups, {
    strides,
    dilations,
    sides: explicitPadding(size, window),
    places,
  });
}

function withSpec(each: Case, use: (spec: ConvolutionSpec<tf.Tensor>) => void): void {
  const [filter, bias] = [tensorOf(each.filter), tensorOf(each.bias)];
  const { strides, padding, dilations, groups } = each;
  use({ type: 'convolution', filter, bias, strides, padding, dilations, groups, activation: linear });
  filter.dispose();
  bias.dispose();
}

describe.each(['cpu', 'wasm'] as const)('convolution on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('is the sum over windows for any stride, padding, dilation and grouping', () => {
    fc.assert(
      fc.property(cases, (each) =>
        withSpec(each, (spec) => expectClose(runOperation(spec, [each.x]).output, expected(each).values)),
      ),
      { numRuns: 60 },
    );
  });

  it('has the transpose of its linear part as gradient', () => {
    fc.assert(
      fc.property(cases, (each) =>
        withSpec({ ...each }, (spec) => expectAdjoint({ ...spec, bias: null }, [each.x])),
      ),
      { numRuns: 60 },
    );
  });

  it('is depthwise with a multiplier: outputs of a channel lie side by side', () => {
    const x = randomNumbers([2, 9, 8, 4], 1);
    for (const [strides, dilations] of [
      [
        [2, 2],
        [1, 1],
      ],
      [
        [1, 1],
        [2, 3],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    ] as [Pair, Pair][]) {
      for (const padding of ['same', 'valid', { top: 0, bottom: 1, left: 1, right: 0 }] as Padding[]) {
        const each: Case = {
          x,
          filter: randomNumbers([3, 3, 1, 8], 2),
          bias: randomNumbers([8], 3),
          strides,
          padding,
          dilations,
          groups: 4,
        };
        withSpec(each, (spec) => {
          expectClose(runOperation(spec, [x]).output, expected(each).values);
          expectAdjoint({ ...spec, bias: null }, [x]);
        });
      }
    }
  });

  it('lets the gradient through where its activation let the value through', () => {
    const each: Case = {
      x: randomNumbers([2, 6, 6, 3], 5),
      filter: randomNumbers([3, 3, 3, 4], 6),
      bias: randomNumbers([4], 7),
      strides: [1, 1],
      padding: 'same',
      dilations: [1, 1],
      groups: 1,
    };
    const before = expected(each).values;
    withSpec(each, (spec) => {
      const gated = runOperation({ ...spec, activation: { name: 'relu' } }, [each.x]);
      expectClose(
        gated.output,
        before.map((value) => Math.max(0, value)),
      );
      const elu = runOperation({ ...spec, activation: { name: 'elu', alpha: 1 } }, [each.x]);
      expectClose(
        elu.output,
        before.map((value) => (value > 0 ? value : Math.expm1(value))),
      );
      // The derivative along one input number, by a central difference of the literal definition.
      for (const [run, activate] of [
        [gated, (value: number) => Math.max(0, value)],
        [elu, (value: number) => (value > 0 ? value : Math.expm1(value))],
      ] as const) {
        for (const index of [0, 50, 200]) {
          const score = (step: number) => {
            const values = Float64Array.from(each.x.values);
            values[index] += step;
            return expected({ ...each, x: { ...each.x, values } }).values.reduce(
              (sum, value, i) => sum + activate(value) * run.dy.values[i],
              0,
            );
          };
          expect(run.gradients[0][index]).toBeCloseTo((score(1e-6) - score(-1e-6)) / 2e-6, 4);
        }
      }
    });
  });
});

describe('the shape of a convolution', () => {
  const spec = {
    type: 'convolution' as const,
    filter: { shape: [3, 3, 4, 8] },
    bias: null,
    strides: [1, 1] as const,
    padding: 'valid' as const,
    dilations: [1, 1] as const,
    groups: 1,
    activation: linear,
  };
  it.each([
    ['other channels', spec, [9, 9, 5]],
    ['no feature map', spec, [36]],
    ['a window larger than the map', spec, [2, 9, 4]],
    ['a bias of another length', { ...spec, bias: { shape: [7] } }, [9, 9, 4]],
    [
      'stride and dilation at once',
      { ...spec, strides: [2, 2] as const, dilations: [2, 2] as const },
      [9, 9, 4],
    ],
  ])('is refused with %s', (_, wrong, input) => {
    expect(() => shapeOf(wrong, [input])).toThrow(MisfitError);
  });
});
