import { hash3 } from './random';

const unit = (x: number, y: number, z: number): number => hash3(x, y, z) / 4294967296;
/** A random number in [0, 1) that belongs to two integers. */
export const hash = (i: number, j: number): number => unit(i, j, 991);

const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;

/** Smooth value noise in [0, 1], one feature a unit of length. */
export function noise(x: number, y: number, z = 0): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const iz = Math.floor(z);
  const u = fade(x - ix);
  const v = fade(y - iy);
  const w = fade(z - iz);
  const plane = (k: number) =>
    lerp(
      lerp(unit(ix, iy, k), unit(ix + 1, iy, k), u),
      lerp(unit(ix, iy + 1, k), unit(ix + 1, iy + 1, k), u),
      v,
    );
  return lerp(plane(iz), plane(iz + 1), w);
}

/** Fractal sum of value noise, in [0, 1]; each octave is turned to hide the lattice. */
export function fbm(x: number, y: number, z = 0, octaves = 5): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  for (let i = 0; i < octaves; i++) {
    sum += weight * noise(x, y, z);
    total += weight;
    weight *= 0.5;
    const turned = 1.6 * x - 1.2 * y;
    y = 1.2 * x + 1.6 * y + 17.3;
    x = turned + 5.7;
    z = z * 2.03 + 11.1;
  }
  return sum / total;
}
