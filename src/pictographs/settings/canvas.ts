import type { Colour } from '../drawing/colour';
import type { Dice } from '../drawing/dice';
import type { Palette } from '../drawing/palette';
import type { Matrix, Path } from '../drawing/path';
import { fill, type Light, type Paint, type Surface } from '../drawing/surface';

/** What settings and clutter are drawn with: units from 0 to 1 over the picture, y downwards. */
export interface Canvas {
  readonly surface: Surface;
  readonly dice: Dice;
  readonly palette: Palette;
  readonly light: Light;
}

/** Paints an area that lies flat on the picture, without shade or shadow unless the paint says so. */
export function lay({ surface, light }: Canvas, path: Path, paint: Paint): void {
  fill(surface, path, unit(surface), { relief: 0, lift: 0, ...paint }, light, null);
}

function unit({ side }: Surface): Matrix {
  return [side, 0, 0, side, 0, 0];
}

/** Covers the whole picture with a gradient along (dx, dy), a unit vector. */
export function gradient({ surface }: Canvas, from: Colour, to: Colour, dx: number, dy: number): void {
  const { side, pixels } = surface;
  const reach = 1 / (side * (Math.abs(dx) + Math.abs(dy)));
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 4) {
      const t = 0.5 + ((x + 0.5 - side / 2) * dx + (y + 0.5 - side / 2) * dy) * reach;
      pixels[at] = from[0] + (to[0] - from[0]) * t;
      pixels[at + 1] = from[1] + (to[1] - from[1]) * t;
      pixels[at + 2] = from[2] + (to[2] - from[2]) * t;
      pixels[at + 3] = 1;
    }
  }
}

/** Lightens the picture towards a colour around a point, most at the point itself; `radius` as a share of the side. */
export function glow(
  { surface }: Canvas,
  x: number,
  y: number,
  radius: number,
  colour: Colour,
  amount: number,
): void {
  const { side, pixels } = surface;
  const scale = 1 / (radius * side);
  for (let row = 0, at = 0; row < side; row++) {
    const dy = (row + 0.5 - y * side) * scale;
    for (let column = 0; column < side; column++, at += 4) {
      const dx = (column + 0.5 - x * side) * scale;
      const rest = 1 - (dx * dx + dy * dy);
      if (rest <= 0) continue;
      const share = amount * rest * rest;
      for (let channel = 0; channel < 3; channel++) {
        pixels[at + channel] += (colour[channel] - pixels[at + channel]) * share;
      }
    }
  }
}
