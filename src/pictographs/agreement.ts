import { dice } from './drawing/dice';
import { PictographError } from './pictograph-errors';

/** A share of agreement between what a layer marks and what is there, beside the same with the truth moved elsewhere. */
export interface Agreement {
  /** In [0, 1]; 1 is a perfect match. */
  readonly value: number;
  readonly null: { readonly mean: number; readonly sd: number };
}

export interface AgreementOptions {
  /** Shifts of the null model; 32 unless given. */
  readonly shifts?: number;
  /** Seed of its shifts; 1 unless given. */
  readonly seed?: number;
  /** Masks that cover less, in pixels, do not count: hardly anything of them is to be seen. 4 unless given. */
  readonly leastArea?: number;
}

const DEFAULTS = { shifts: 32, seed: 1, leastArea: 4 };

/**
 * How well signs match parts: for every part the best overlap (intersection over union) with any one sign, and the mean of
 * that over the parts. With the mask of the whole object alone it tells how well a supersign matches the object. Null: the same
 * with all masks moved together across the edges by seeded offsets, none of them by less than an eighth of the side, which
 * keeps the size and the form of signs and parts and leaves their meeting to chance.
 *
 * `labels`: side x side, the sign of each pixel or a negative number for none, as `findSigns` gives them. `masks`: side x side,
 * 0 to 255 each. Null where no mask is large enough to count.
 */
export function signAgreement(
  labels: Int32Array,
  masks: readonly Uint8Array[],
  side: number,
  options: AgreementOptions = {},
): Agreement | null {
  const { shifts, seed, leastArea } = { ...DEFAULTS, ...options };
  assertPixels('labels', labels.length, side);
  for (const mask of masks) assertPixels('mask', mask.length, side);
  const parts = masks.map((mask) => weighted(mask, side)).filter(({ area }) => area >= leastArea);
  if (parts.length === 0) return null;
  const areas = signAreas(labels);
  return withNull(side, shifts, seed, (dx, dy) => {
    let sum = 0;
    for (const part of parts) sum += bestOverlap(labels, areas, part, side, dx, dy);
    return sum / parts.length;
  });
}

/**
 * The share of a saliency map's mass that lies inside the object, with the same null. `map`: side x side values, negative ones
 * count as zero. Null where the map has no mass or the object is hidden.
 */
export function massAgreement(
  map: Float32Array,
  object: Uint8Array,
  side: number,
  options: AgreementOptions = {},
): Agreement | null {
  const { shifts, seed, leastArea } = { ...DEFAULTS, ...options };
  assertPixels('map', map.length, side);
  assertPixels('mask', object.length, side);
  const mask = weighted(object, side);
  let mass = 0;
  for (const value of map) if (value > 0) mass += value;
  if (mask.area < leastArea || !(mass > 0)) return null;
  return withNull(side, shifts, seed, (dx, dy) => {
    let inside = 0;
    for (let i = 0; i < mask.x.length; i++) {
      const value = map[((mask.y[i] + dy) % side) * side + ((mask.x[i] + dx) % side)];
      if (value > 0) inside += value * mask.weight[i];
    }
    return inside / mass;
  });
}

/** The mean over scenes with that of their nulls; its deviation is that of a mean of independent scenes. Null for no scenes. */
export function meanAgreement(scenes: readonly (Agreement | null)[]): Agreement | null {
  const known = scenes.filter((scene) => scene !== null);
  if (known.length === 0) return null;
  const mean = (of: (scene: Agreement) => number) =>
    known.reduce((sum, scene) => sum + of(scene), 0) / known.length;
  return {
    value: mean(({ value }) => value),
    null: {
      mean: mean((scene) => scene.null.mean),
      sd: Math.sqrt(mean((scene) => scene.null.sd * scene.null.sd) / known.length),
    },
  };
}

/** A mask as the list of the pixels it covers. */
interface WeightedPixels {
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Share of the pixel that is covered, in (0, 1]. */
  readonly weight: Float64Array;
  /** Sum of the weights. */
  readonly area: number;
}

function weighted(mask: Uint8Array, side: number): WeightedPixels {
  const covered = [...mask.keys()].filter((i) => mask[i] > 0);
  const weight = Float64Array.from(covered, (i) => mask[i] / 255);
  return {
    x: Int32Array.from(covered, (i) => i % side),
    y: Int32Array.from(covered, (i) => Math.floor(i / side)),
    weight,
    area: weight.reduce((sum, share) => sum + share, 0),
  };
}

function signAreas(labels: Int32Array): Float64Array {
  let last = -1;
  for (const label of labels) if (label > last) last = label;
  const areas = new Float64Array(last + 1);
  for (const label of labels) if (label >= 0) areas[label]++;
  return areas;
}

function bestOverlap(
  labels: Int32Array,
  areas: Float64Array,
  { x, y, weight, area }: WeightedPixels,
  side: number,
  dx: number,
  dy: number,
): number {
  const common = new Float64Array(areas.length);
  for (let i = 0; i < x.length; i++) {
    const label = labels[((y[i] + dy) % side) * side + ((x[i] + dx) % side)];
    if (label >= 0) common[label] += weight[i];
  }
  let best = 0;
  for (let label = 0; label < areas.length; label++) {
    if (common[label] > 0) best = Math.max(best, common[label] / (areas[label] + area - common[label]));
  }
  return best;
}

function withNull(
  side: number,
  shifts: number,
  seed: number,
  measure: (dx: number, dy: number) => number,
): Agreement {
  if (side < 2) {
    throw new PictographError(
      'A picture of one pixel cannot be shifted: agreement needs two pixels a side or more.',
    );
  }
  if (!Number.isInteger(shifts) || shifts < 1) {
    throw new PictographError(
      `The null model needs a whole number of shifts, at least one; ${shifts} is none.`,
    );
  }
  const least = Math.max(1, Math.floor(side / 8));
  const roll = dice(seed, side);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < shifts; ) {
    const [dx, dy] = [roll.below(side), roll.below(side)];
    if (Math.max(Math.min(dx, side - dx), Math.min(dy, side - dy)) < least) continue;
    const value = measure(dx, dy);
    sum += value;
    squares += value * value;
    i++;
  }
  const mean = sum / shifts;
  return { value: measure(0, 0), null: { mean, sd: Math.sqrt(Math.max(0, squares / shifts - mean * mean)) } };
}

function assertPixels(what: string, length: number, side: number): void {
  if (length === side * side) return;
  throw new PictographError(
    `The ${what} of a picture of ${side} x ${side} has ${side * side} values, row by row; this one has ${length}.`,
  );
}
