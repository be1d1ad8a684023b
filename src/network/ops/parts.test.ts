import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { type OperationSpec, shapeOf } from './index';
import { MisfitError } from './operation';
import type { SliceSpec } from './slice';
import { type Numbers, randomNumbers } from './testing/reference';
import { expectAdjoint, expectClose, runOperation } from './testing/run-operation';

/** The places of a map that NumPy's x[begin:end:step] takes on each axis, one after the other. */
function placesTaken({ begin, end, steps }: SliceSpec, shape: readonly number[]): number[][] {
  return shape.map((size, axis) => {
    const all = Array.from({ length: size }, (_, i) => i);
    const block = all.slice(begin[axis], end[axis] ?? undefined);
    const step = steps?.[axis] ?? 1;
    const ordered = step < 0 ? block.reverse() : block;
    return ordered.filter((_, i) => i % Math.abs(step) === 0);
  });
}

function taken({ shape, values }: Numbers, spec: SliceSpec): number[] {
  const [batch, height, width, channels] = shape;
  const [rows, columns, depths] = placesTaken(spec, [height, width, channels]);
  return Array.from({ length: batch }, (_, n) => n).flatMap((n) =>
    rows.flatMap((y) =>
      columns.flatMap((x) => depths.map((c) => values[((n * height + y) * width + x) * channels + c])),
    ),
  );
}

const map = (shape = [2, 7, 6, 3]) => randomNumbers(shape, 4);

describe.each(['cpu', 'wasm'] as const)('parts of maps on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each<Omit<SliceSpec, 'type'>>([
    { begin: [0, 0, 0], end: [null, null, null], steps: [1, 1, -1] },
    { begin: [0, 0, 0], end: [null, null, null], steps: [-1, -1, 1] },
    { begin: [0, 1, 0], end: [null, null, null], steps: [2, 2, 1] },
    { begin: [1, -5, 1], end: [-1, -1, 2], steps: [3, 2, 1] },
    { begin: [-3, 0, -2], end: [null, 4, null] },
    { begin: [0, 0, 0], end: [null, null, null], steps: [-2, 4, 7] },
  ])('slice %o, and its gradient', (part) => {
    const spec = { type: 'slice', ...part } as const;
    expectClose(runOperation(spec, [map()]).output, taken(map(), spec));
    expectAdjoint(spec, [map()]);
  });

  it('axes of one place go and come', () => {
    const spec = { type: 'axes', removed: [0, 2], inserted: [0, 2] } as const;
    const x = map([2, 1, 6, 1]);
    expect(shapeOf(spec, [[1, 6, 1]])).toEqual([1, 6, 1]);
    expect(shapeOf({ ...spec, removed: [] }, [[5]])).toEqual([1, 5, 1]);
    expectClose(runOperation(spec, [x]).output, x.values);
    expectAdjoint({ ...spec, inserted: [] }, [x]);
  });

  it('the middle of a map: an odd rest is cut at the end', () => {
    const spec = { type: 'centre-crop', size: [4, 4] } as const;
    const rows: SliceSpec = { type: 'slice', begin: [1, 1, 0], end: [5, 5, null] };
    expectClose(runOperation(spec, [map()]).output, taken(map(), rows));
    expectAdjoint(spec, [map()]);
  });

  it.each<[OperationSpec<never>, number[], string]>([
    [
      { type: 'axes', removed: [0], inserted: [] },
      [2, 3],
      'takes away axes of [2,3] that hold more than one',
    ],
    [
      { type: 'axes', removed: [2], inserted: [] },
      [1, 1],
      'takes away axes of [1,1] that hold more than one',
    ],
    [{ type: 'axes', removed: [], inserted: [4] }, [2, 3], 'puts axis 4 into [2,3]'],
    [{ type: 'centre-crop', size: [4, 4] }, [3, 9, 1], 'cuts 4 x 4 places out of 3 x 9'],
    [{ type: 'slice', begin: [0], end: [null], steps: [0] }, [4], 'cuts more than there is'],
    [{ type: 'slice', begin: [3], end: [2] }, [4], 'cuts more than there is'],
    [{ type: 'merge', by: 'add' }, [4], 'cannot add a single input'],
  ])('%o does not fit [%s]', (spec, shape, sentence) => {
    expect(() => shapeOf(spec, [shape])).toThrow(MisfitError);
    expect(() => shapeOf(spec, [shape])).toThrow(sentence);
  });
});
