import type { Colour } from './colour';
import { mix } from './dice';
import { cloudNoise } from './grain';

export const textureKinds = [
  'stripes',
  'checks',
  'dots',
  'bricks',
  'planks',
  'scales',
  'noise',
  'speckle',
] as const;
export type TextureKind = (typeof textureKinds)[number];

/** A second colour woven into the first. */
export interface Texture {
  readonly kind: TextureKind;
  readonly colour: Colour;
  /** Length of one repeat in the drawing's units. */
  readonly period: number;
  readonly angle: number;
  /** Share of the second colour where it is strongest, in [0, 1]. */
  readonly amount: number;
  readonly seed: number;
}

/**
 * Share of the second colour at (u, v), in repeats, in [0, 1]; `pixel` is the size of a pixel in repeats, over which edges
 * are softened.
 */
export function textureShare(kind: TextureKind, u: number, v: number, pixel: number, seed: number): number {
  switch (kind) {
    case 'stripes':
      return edge(wave(u) - 0.5, 2 * pixel);
    case 'checks': {
      const across = 2 * edge(wave(u) - 0.5, 2 * pixel) - 1;
      const down = 2 * edge(wave(v) - 0.5, 2 * pixel) - 1;
      return 0.5 + 0.5 * across * down;
    }
    case 'dots': {
      const row = Math.floor(v * 1.1547);
      const x = fraction(u + (row & 1) * 0.5) - 0.5;
      const y = (fraction(v * 1.1547) - 0.5) / 1.1547;
      return edge(0.24 - Math.sqrt(x * x + y * y), pixel);
    }
    case 'bricks': {
      const row = Math.floor(2 * v);
      const x = fraction(u + (row & 1) * 0.5);
      const y = fraction(2 * v);
      const joint = Math.max(
        edge(0.05 - Math.min(x, 1 - x), pixel),
        edge(0.1 - Math.min(y, 1 - y), 2 * pixel),
      );
      const shade = mix(Math.floor(u + (row & 1) * 0.5) * 374761393 + row * 668265263 + seed) / 4294967296;
      return Math.max(joint, 0.35 * shade);
    }
    case 'planks': {
      const row = Math.floor(2 * v);
      const y = fraction(2 * v);
      const shade = mix(row * 668265263 + seed) / 4294967296;
      return Math.max(edge(0.07 - Math.min(y, 1 - y), 2 * pixel), 0.4 * shade);
    }
    case 'scales': {
      // The upper arc of the row below, seen from the row it lies over.
      let share = 0;
      for (let lap = 0; lap < 2; lap++) {
        const row = Math.floor(2 * v) - lap;
        const x = fraction(u + (row & 1) * 0.5) - 0.5;
        const y = v - row / 2;
        const distance = Math.sqrt(x * x + y * y);
        if (distance < 0.5 + pixel) {
          share = edge(distance - 0.42, pixel) * edge(0.53 - distance, pixel);
          break;
        }
      }
      return share;
    }
    case 'noise': {
      const value = cloudNoise(u * 1.5, v * 1.5, seed);
      return edge(value - 0.5, 0.25 + pixel);
    }
    case 'speckle': {
      const column = Math.floor(2 * u);
      const row = Math.floor(2 * v);
      const hash = mix(column * 374761393 + row * 668265263 + seed);
      const x = fraction(2 * u) - 0.3 - 0.4 * ((hash & 255) / 255);
      const y = fraction(2 * v) - 0.3 - 0.4 * (((hash >>> 8) & 255) / 255);
      const radius = 0.08 + 0.2 * (((hash >>> 16) & 255) / 255);
      return edge(radius - Math.sqrt(x * x + y * y), 2 * pixel);
    }
  }
}

/** 0 to 1 over `width` about `distance` 0. */
function edge(distance: number, width: number): number {
  const t = distance / width + 0.5;
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}

function fraction(value: number): number {
  return value - Math.floor(value);
}

/** A triangle wave: 0 at integers, 1 half way between. */
function wave(value: number): number {
  const part = value - Math.floor(value);
  return part < 0.5 ? 2 * part : 2 - 2 * part;
}
