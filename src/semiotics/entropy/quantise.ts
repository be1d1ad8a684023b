import { MapError, notFinite } from '../semiotics-errors';

/**
 * Writes the level of every value into `out`: `q = min(G-1, floor(G (S - lo) / (hi - lo)))`, lo and hi the map's own
 * extremes, a constant map all 0. Arithmetic in doubles, in this order, so that equal maps give equal levels anywhere.
 *
 * @param width for the error message only
 * @throws MapError on values that are not finite
 */
export function quantiseInto(map: Float32Array, count: number, out: Uint16Array, width: number): void {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < map.length; i++) {
    const value = map[i];
    // False for NaN and for both infinities.
    if (!(value - value === 0)) throw notFinite(value, i, width);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  if (!(range > 0)) {
    out.fill(0);
    return;
  }
  const top = count - 1;
  for (let i = 0; i < map.length; i++) {
    // All operands are non-negative here: truncation by `| 0` is the floor.
    const level = ((count * (map[i] - low)) / range) | 0;
    out[i] = Math.min(level, top);
  }
}

/**
 * The map's values as levels 0 .. levels - 1, equally wide between the map's own extremes; a constant map is all 0.
 *
 * @param levels how many levels, 1 .. 65536
 * @throws MapError on a value that is not finite or on a number of levels out of range
 */
export function quantise(map: Float32Array, levels: number): Uint16Array {
  if (!Number.isInteger(levels) || levels < 1 || levels > 65536) {
    throw new MapError(
      'levels',
      `A map is quantised to a whole number of levels from 1 to 65536, not ${levels}.`,
    );
  }
  const out = new Uint16Array(map.length);
  quantiseInto(map, levels, out, map.length);
  return out;
}
