/**
 * Pictographs: a procedural world of pictures. Each scene shows one object of ten classes, composed of named parts, in a setting
 * with clutter; a seed and a number decide every byte of it, on every machine. Pure computation on typed arrays.
 */

import { dice } from './drawing/dice';
import { objects } from './objects';
import { PictographError } from './pictograph-errors';
import { drawScene } from './scene';

export {
  type Agreement,
  type AgreementOptions,
  massAgreement,
  meanAgreement,
  signAgreement,
} from './agreement';
export { PictographError } from './pictograph-errors';

/** The names of the labels 0 to 9. */
export const pictographClasses = [
  'face',
  'house',
  'car',
  'sailboat',
  'tree',
  'fish',
  'clock',
  'bicycle',
  'robot',
  'flower',
] as const;

export type PictographClass = (typeof pictographClasses)[number];

export interface PictographPart {
  readonly name: string;
  /** side x side visible coverage of the part, 0 to 255, row-major: what lies in front of it is left out. */
  readonly mask: Uint8Array;
}

export interface Pictograph {
  readonly side: number;
  /** side x side opaque pixels, RGBA, row-major. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** Index into `pictographClasses`. */
  readonly label: number;
  /** side x side visible coverage of the object, 0 to 255; empty unless masks were asked for. */
  readonly object: Uint8Array;
  /** The parts in the order of their first stroke; empty unless masks were asked for. */
  readonly parts: readonly PictographPart[];
}

export interface PictographOptions {
  /** Which world; an integer from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Which of its scenes; an integer from 0 to 2^53 - 1. */
  readonly index: number;
  /** Pixels a side, 16 to 512. */
  readonly side: number;
  /** Another class in the same setting, clutter, pose, light and colours; the scene's own unless given. */
  readonly label?: number;
  /** Whether to keep the masks of object and parts. */
  readonly masks?: boolean;
}

export const MIN_SIDE = 16;
export const MAX_SIDE = 512;

/**
 * The scene number `index` of a world. Ten scenes from a multiple of ten on hold every class once. The same scene at another
 * side is the same drawing at another resolution. Throws a `PictographError` for options out of range.
 */
export function pictograph({ seed, index, side, label, masks = false }: PictographOptions): Pictograph {
  assertInteger('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  assertInteger('index', index, 0, Number.MAX_SAFE_INTEGER);
  assertInteger('side', side, MIN_SIDE, MAX_SIDE);
  if (label !== undefined) assertInteger('label', label, 0, pictographClasses.length - 1);
  const shown = label ?? labelOf(seed, index);
  const scene = drawScene({ seed, index, side, masks }, objects[pictographClasses[shown]]);
  const { pixels } = scene.surface;
  const rgba = new Uint8ClampedArray(pixels.length);
  for (let i = 0; i < pixels.length; i += 4) {
    rgba[i] = 255 * pixels[i];
    rgba[i + 1] = 255 * pixels[i + 1];
    rgba[i + 2] = 255 * pixels[i + 2];
    rgba[i + 3] = 255;
  }
  const parts = [...(scene.masks ?? [])].map(([name, mask]) => ({ name, mask: bytes(mask) }));
  return { side, rgba, label: shown, object: union(scene.masks, side), parts };
}

/** The class of a scene: each run of ten scenes holds every class, in an order of its own. */
export function labelOf(seed: number, index: number): number {
  const count = pictographClasses.length;
  const roll = dice(seed, Math.floor(index / count), 0);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = roll.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order[index % count];
}

function union(masks: Map<string, Float32Array> | null, side: number): Uint8Array {
  if (!masks) return new Uint8Array(0);
  const sum = new Float32Array(side * side);
  for (const mask of masks.values()) for (let i = 0; i < sum.length; i++) sum[i] += mask[i];
  return bytes(sum);
}

function bytes(mask: Float32Array): Uint8Array {
  const result = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) result[i] = Math.min(255, Math.round(255 * mask[i]));
  return result;
}

function assertInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new PictographError(
    `The ${name} of a pictograph is an integer from ${low} to ${high}; ${value} is none.`,
  );
}
