/** Closed lines, one after another. Read before the tracer runs again: it writes into the same arrays. */
export interface Contours {
  /** x and y of every point in turn, in samples: the first sample lies at 0, 0. */
  points: Float32Array;
  /** For every line the index of the point behind its last. */
  ends: number[];
}

/** Traces the lines along which a field has a level; see `contourTracer`. */
export type ContourTracer = (field: Float32Array, width: number, height: number, level?: number) => Contours;

/**
 * For every arrangement of corners below the level (8 top left, 4 top right, 2 bottom right, 1 bottom left) and every side a line enters
 * by, the side it leaves by; sides are 0 top, 1 right, 2 bottom, 3 left, and -1 where no line enters. What is below lies to the right
 * of the line. Of the two saddles, 5 and 10, this is the reading with their middle above the level.
 */
const LEAVES_BY = [
  [-1, -1, -1, -1],
  [-1, -1, -1, 2],
  [-1, -1, 1, -1],
  [-1, -1, -1, 1],
  [-1, 0, -1, -1],
  [-1, 0, -1, 2],
  [-1, -1, 0, -1],
  [-1, -1, -1, 0],
  [3, -1, -1, -1],
  [2, -1, -1, -1],
  [3, -1, 1, -1],
  [1, -1, -1, -1],
  [-1, 3, -1, -1],
  [-1, 2, -1, -1],
  [-1, -1, 3, -1],
  [-1, -1, -1, -1],
].flat();

/** The two saddles with their middle below the level. */
const JOINED_5 = [-1, 2, -1, 0];
const JOINED_10 = [1, -1, 3, -1];

/**
 * A tracer of iso-contours by marching squares with linear interpolation; a saddle joins what lies below if the mean of its corners does.
 * The lines run clockwise, with y downwards, around what lies below the level, and counter-clockwise around holes in it. The
 * field must lie at or above the level along its border, so that every line closes.
 */
export function contourTracer(): ContourTracer {
  let points = new Float32Array(1024);
  let visited = new Uint8Array(0);
  return (field, width, height, level = 0) => {
    const ends: number[] = [];
    const cells = width * height;
    if (visited.length < cells) visited = new Uint8Array(cells);
    else visited.fill(0, 0, cells);
    let count = 0;

    const leavesBy = (cell: number, side: number): number => {
      const [a, b, c, d] = [field[cell], field[cell + 1], field[cell + width + 1], field[cell + width]];
      const corners = (a < level ? 8 : 0) | (b < level ? 4 : 0) | (c < level ? 2 : 0) | (d < level ? 1 : 0);
      if ((corners === 5 || corners === 10) && a + b + c + d < 4 * level)
        return (corners === 5 ? JOINED_5 : JOINED_10)[side];
      return LEAVES_BY[corners * 4 + side];
    };
    const add = (cell: number, side: number) => {
      if (count * 2 === points.length) {
        const longer = new Float32Array(points.length * 2);
        longer.set(points);
        points = longer;
      }
      const from = side === 2 ? cell + width : side === 1 ? cell + 1 : cell;
      const to = side === 0 || side === 2 ? from + 1 : from + width;
      const share = (level - field[from]) / (field[to] - field[from]);
      const x = from % width;
      const y = (from - x) / width;
      points[count * 2] = side === 0 || side === 2 ? x + share : x;
      points[count * 2 + 1] = side === 0 || side === 2 ? y : y + share;
      count++;
    };
    const trace = (start: number, entry: number) => {
      let cell = start;
      let side = entry;
      do {
        visited[cell] |= 1 << side;
        add(cell, side);
        const exit = leavesBy(cell, side);
        cell += exit === 0 ? -width : exit === 1 ? 1 : exit === 2 ? width : -1;
        side = (exit + 2) % 4;
      } while (cell !== start || side !== entry);
      ends.push(count);
    };

    for (let y = 0; y < height - 1; y++) {
      const row = y * width;
      for (let x = 0; x < width - 1; x++) {
        const cell = row + x;
        // Its highest stretch runs to the right, above what is below: there every line enters a cell by its left side.
        if (field[cell] < level || !(field[cell + width] < level)) continue;
        if (!(visited[cell] & 8)) trace(cell, 3);
      }
    }
    return { points, ends };
  };
}
