import { expect, it } from 'vitest';
import { MOST_PARTS, neighboursIn, partsOfNeighbours } from './neighbours';

const { parts, firsts } = partsOfNeighbours;

it('the neighbours of a pixel stand row by row', () => {
  expect([...neighboursIn(10)]).toEqual([-11, -10, -9, -1, 1, 9, 10, 11]);
});

it('neighbours that touch, at a corner too, are one part', () => {
  const [above, right, left, below] = [1 << 1, 1 << 4, 1 << 3, 1 << 6];
  const corners = [0, 2, 5, 7].map((n) => 1 << n);
  expect(parts[0]).toBe(0);
  expect(parts[255]).toBe(1);
  expect(parts[above | right]).toBe(1);
  expect(parts[above | below]).toBe(2);
  expect(parts[left | right]).toBe(2);
  expect(parts[above | left | right | below]).toBe(1);
  // A corner touches the sides beside it alone.
  expect(parts[corners[0] | right]).toBe(2);
  expect(parts[corners[0] | above]).toBe(1);
  expect(parts[corners[0] | corners[1]]).toBe(2);
  const all = corners.reduce((set, bit) => set | bit);
  expect(parts[all]).toBe(MOST_PARTS);
  expect([...firsts.subarray(all * MOST_PARTS, (all + 1) * MOST_PARTS)]).toEqual([0, 2, 5, 7]);
  // 256 sets of a ring: known from crossing numbers of thinning, where eight-connected sets around a pixel are counted.
  for (let set = 0; set < 256; set++) {
    const on = (n: number) => (set & (1 << [0, 1, 2, 4, 7, 6, 5, 3][n % 8]) ? 1 : 0);
    let crossings = 0;
    for (const side of [1, 3, 5, 7]) {
      if (!on(side) && (on(side + 1) || on(side + 2))) crossings++;
    }
    // Hilditch's number: as many as there are parts, but for a whole ring of sides, which has no gap to be counted at.
    const isWhole = [1, 3, 5, 7].every((side) => on(side));
    expect(isWhole ? 1 : crossings, `set ${set}`).toBe(parts[set]);
  }
});
