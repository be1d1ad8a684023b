/** A patch of a grid of tokens, from 0. */
export interface Patch {
  readonly column: number;
  readonly row: number;
}

/**
 * The patch that holds a place in the picture.
 * @param place shares of the picture's width and height from the upper left
 * @param grid rows and columns
 */
export function patchAt(
  { x, y }: { x: number; y: number },
  [rows, columns]: readonly [number, number],
): Patch {
  const cell = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return { column: cell(x, columns), row: cell(y, rows) };
}
