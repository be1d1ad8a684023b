import type { Dataset } from '../training/data/dataset';

/**
 * A data set whose held-out pictures are every other one of those of `data`: the 1st, 3rd, 5th ... to validate, the 2nd, 4th, 6th ... to
 * test. Held-out pictures lie class by class or at random, so either part has its share of every class.
 */
export function heldOutPart(data: Dataset, part: 'validation' | 'test'): Dataset {
  const first = part === 'validation' ? 0 : 1;
  const { heldOut } = data.summary;
  return {
    side: data.side,
    summary: { ...data.summary, heldOut: Math.floor((heldOut + 1 - first) / 2) },
    read: (split, indices) =>
      data.read(split, split === 'heldOut' ? indices.map((index) => 2 * index + first) : indices),
  };
}
