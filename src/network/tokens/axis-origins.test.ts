import { describe, expect, it } from 'vitest';
import type { Weight } from '../network-graph';
import { type OperationSpec, shapeOf } from '../ops';
import type { Shape } from '../ops/operation';
import { axisOrigins } from './axis-origins';
import { gridView } from './grid-view';

/** The map that the last of some operations on a picture yields, each reading the one before. */
function viewBehind(picture: Shape, ...specs: OperationSpec<Weight>[]) {
  const shapes = new Map<string, Shape>([['x', picture]]);
  const nodes = specs.map((spec, i) => {
    const input = i === 0 ? 'x' : String(i - 1);
    shapes.set(String(i), shapeOf(spec, [shapes.get(input) as Shape]));
    return { name: String(i), inputs: [input], spec, parts: [] };
  });
  const output = String(specs.length - 1);
  return gridView(axisOrigins({ nodes, output }, 'x', shapes).get(output) ?? []);
}

const reshape = (...shape: number[]) => ({ type: 'reshape', shape }) as const;
const transpose = (...permutation: number[]) => ({ type: 'transpose', permutation }) as const;
const weight = (...shape: number[]): Weight => ({ shape, read: () => new Float32Array() });
const dense = (from: number, to: number) =>
  ({ type: 'dense', kernel: weight(from, to), bias: null, activation: { name: 'linear' } }) as const;

describe('the grid of a tensor', () => {
  it('is told of rows and columns in one axis', () => {
    expect(viewBehind([4, 6, 8], reshape(24, 8))).toMatchObject({
      beside: null,
      shape: [4, 6, 8],
      permutation: [0, 1, 2],
    });
  });

  it('is told of windows, whose places come side by side', () => {
    // [2 rows of windows, 2 rows of a window, 3, 2, 8] to windows of places, as Swin cuts them (Liu et al. 2021).
    const windows = [reshape(2, 2, 3, 2, 8), transpose(0, 2, 1, 3, 4), reshape(6, 4, 8)];
    expect(viewBehind([4, 6, 8], ...windows)).toMatchObject({
      parts: [2, 3, 2, 2, 8],
      permutation: [0, 2, 1, 3, 4],
      shape: [4, 6, 8],
    });
  });

  it('is that of the stage where every two rows are taken together', () => {
    const merged = [reshape(2, 2, 3, 2, 8), transpose(0, 2, 1, 3, 4), reshape(2, 3, 32), dense(32, 16)];
    expect(viewBehind([4, 6, 8], ...merged)).toMatchObject({ shape: [2, 3, 16] });
  });

  it('has heads among its channels', () => {
    expect(viewBehind([4, 6, 8], reshape(24, 2, 4), transpose(1, 0, 2))).toMatchObject({
      shape: [4, 6, 8],
      permutation: [1, 2, 0, 3],
    });
  });

  it('stays where places of another axis are picked, and goes with those of its own', () => {
    const picked = (axis: number, ...places: number[]) => ({ type: 'gather', axis, places }) as const;
    expect(viewBehind([4, 6, 8], reshape(24, 8), picked(1, 3, 3, 0))).toMatchObject({ shape: [4, 6, 3] });
    expect(viewBehind([4, 6, 8], reshape(24, 8), picked(0, 3, 3, 0))).toBeNull();
  });

  it('is that of the whole picture again where maps of every second row and column were convolved', () => {
    const convolution: OperationSpec<Weight> = {
      type: 'convolution',
      filter: weight(3, 3, 8, 5),
      bias: null,
      strides: [1, 1],
      padding: 'valid',
      dilations: [1, 1],
      groups: 1,
      activation: { name: 'linear' },
    };
    const apart = [reshape(5, 2, 6, 2, 8), transpose(1, 3, 0, 2, 4), reshape(4, 5, 6, 8)];
    const together = [reshape(2, 2, 3, 4, 5), transpose(2, 0, 3, 1, 4), reshape(6, 8, 5)];
    expect(viewBehind([10, 12, 8], ...apart, convolution, ...together)).toMatchObject({ shape: [6, 8, 5] });
  });

  it('is larger where channels become places', () => {
    const unfolded = [reshape(4, 6, 2, 2, 2), transpose(0, 2, 1, 3, 4), reshape(8, 12, 2)];
    expect(viewBehind([4, 6, 8], ...unfolded)).toMatchObject({ shape: [8, 12, 2] });
  });

  it('is none where rows are mixed with each other, or are only some', () => {
    expect(viewBehind([4, 6, 8], reshape(24, 8), transpose(1, 0), dense(24, 24))).toBeNull();
    expect(viewBehind([4, 6, 8], reshape(24, 8), { type: 'slice', begin: [0, 0], end: [20, 8] })).toBeNull();
    expect(viewBehind([4, 6, 8], { type: 'reduce', by: 'mean', axes: [0, 1], keep: false })).toBeNull();
    expect(viewBehind([4, 6, 8], reshape(16, 12))).toBeNull();
  });
});
