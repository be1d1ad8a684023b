import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestPairs, matchConcepts, overlapsOf } from './match-concepts';

/** A layer whose concepts fill columns of its map. */
const columns = (side: number, ...filled: (readonly number[])[]) => ({
  ...{ width: side, height: side },
  concepts: filled.map((own) => ({
    map: Float32Array.from({ length: side * side }, (_, i) => (own.includes(i % side) ? 1 : 0)),
  })),
});

describe('overlaps', () => {
  it('are the share that lies in the same places, whatever there is of each', () => {
    const [a, b] = [columns(4, [0, 1], [2]), columns(4, [0, 1], [1, 2], [3])];
    expect(overlapsOf(a, b)).toEqual([
      [1, 0.5, 0],
      [0, 0.5, 0],
    ]);
    const brighter = {
      ...a,
      concepts: a.concepts.map(({ map }) => ({ map: map.map((value) => 3 * value) })),
    };
    expect(overlapsOf(brighter, b)).toEqual(overlapsOf(a, b));
  });

  it('compare layers of two sizes on the finer grid', () => {
    const [[same, other]] = overlapsOf(columns(8, [0, 1, 2, 3]), columns(4, [0, 1], [2, 3]));
    expect(same).toBeGreaterThan(0.85);
    expect(other).toBeLessThan(0.15);
  });
});

describe('pairs', () => {
  it('sum to the most of all assignments', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, width]) =>
        fc.array(fc.array(fc.nat(20), { minLength: width, maxLength: width }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(table, (worth) => {
        const pairs = bestPairs(worth);
        const taken = pairs.filter((pair) => pair !== null);
        expect(new Set(taken).size).toBe(taken.length);
        const sum = pairs.reduce<number>((total, j, i) => total + (j === null ? 0 : worth[i][j]), 0);
        expect(sum).toBe(most(worth, new Set(), 0));
      }),
      { numRuns: 100 },
    );
  });
});

/** By trying all. */
function most(worth: readonly number[][], taken: ReadonlySet<number>, row: number): number {
  if (row === worth.length) return 0;
  const others = worth[row].map((value, j) =>
    taken.has(j) ? 0 : value + most(worth, new Set([...taken, j]), row + 1),
  );
  return Math.max(most(worth, taken, row + 1), ...others);
}

describe('numbers of concepts', () => {
  it('stay with what lies in the same places, from the last layer on', () => {
    const [left, right] = [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ];
    const layers = [columns(8, right, left), columns(8, [0, 1, 2], [3], right), columns(8, left, right)];
    expect(matchConcepts(layers)).toEqual([
      [1, 0],
      [0, 2, 1],
      [0, 1],
    ]);
  });

  it('differ for what overlaps with nothing, and pass over layers that are not known yet', () => {
    const last = columns(4, [0], [1]);
    expect(matchConcepts([columns(4, [2], [1]), null, last])).toEqual([[2, 1], null, [0, 1]]);
    expect(matchConcepts([null, null])).toEqual([null, null]);
    expect(matchConcepts([{ ...columns(4), concepts: [] }, last])).toEqual([[], [0, 1]]);
  });

  it('are never the same for two concepts of a layer, eight of them too', () => {
    const eight = columns(8, ...Array.from({ length: 8 }, (_, k) => [k]));
    const [own] = matchConcepts([columns(8, [7], [0, 1], [6], [5], [4], [3], [2], [0]), eight]);
    expect(new Set(own).size).toBe(8);
    expect(own?.[0]).toBe(7);
  });
});
