/** The eight neighbours of a pixel, row by row, as columns and rows. */
const around = [-1, 0, 1]
  .flatMap((row) => [-1, 0, 1].map((column) => ({ column, row })))
  .filter(({ column, row }) => column !== 0 || row !== 0);

/** Where the eight neighbours of a pixel lie, row by row, in a map of rows this long: what is to be added to its index. */
export const neighboursIn = (stride: number): Int32Array =>
  Int32Array.from(around, ({ column, row }) => row * stride + column);

/** The most parts that neighbours can be in which do not touch: the corners alone. */
export const MOST_PARTS = 4;

/** Of every set of neighbours, the bit 1 << n for the n-th, in how many parts it is that do not touch, and the first neighbour of each part. */
export interface Parts {
  /** [256] */
  parts: Uint8Array;
  /** [256, MOST_PARTS] */
  firsts: Uint8Array;
}

function partsOfSets(): Parts {
  const parts = new Uint8Array(256);
  const firsts = new Uint8Array(256 * MOST_PARTS);
  const touch = (a: number, b: number) =>
    Math.max(Math.abs(around[a].column - around[b].column), Math.abs(around[a].row - around[b].row)) === 1;
  for (let set = 0; set < 256; set++) {
    let left = [...around.keys()].filter((n) => set & (1 << n));
    while (left.length > 0) {
      firsts[set * MOST_PARTS + parts[set]++] = left[0];
      const part = [left[0]];
      for (const n of part) part.push(...left.filter((other) => touch(n, other) && !part.includes(other)));
      left = left.filter((n) => !part.includes(n));
    }
  }
  return { parts, firsts };
}

/** Neighbours that touch are connected without the pixel between them: so where a level sinks below a pixel, only parts can meet there. */
export const partsOfNeighbours = partsOfSets();
