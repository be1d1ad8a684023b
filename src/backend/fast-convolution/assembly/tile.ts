import { loadGated } from './simd';

/**
 * Copies a tile that reaches beyond its map, zeros outside, gated: see `loadGated`.
 * @param side rows and columns of the tile, whose first position is [y, x]
 * @param base first position of the map; pixels lie `pixel` bytes apart
 * @param wanted bytes of each pixel that are copied, a multiple of 16
 */
export function copyTile(
  side: i32,
  base: usize,
  height: i32,
  width: i32,
  pixel: usize,
  y: i32,
  x: i32,
  gate: usize,
  gateActivation: i32,
  to: usize,
  wanted: usize,
): void {
  for (let r = y; r < y + side; r++) {
    for (let s = x; s < x + side; s++) {
      if (r < 0 || s < 0 || r >= height || s >= width) {
        memory.fill(to, 0, wanted);
      } else {
        const from = base + (<usize>r * width + s) * pixel;
        for (let at: usize = 0; at < wanted; at += 16) {
          v128.store(to + at, loadGated(from + at, gate, gateActivation));
        }
      }
      to += wanted;
    }
  }
}
