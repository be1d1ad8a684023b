import type { EntropyOptions } from './entropy/options';
import { entropyScalar } from './entropy/spatial-entropy';
import { seededRandom, shuffle } from './random';
import { bilinearResizer } from './resize-map';
import { assertSize, MapError } from './semiotics-errors';

/** How maps are shuffled. */
export interface ShuffleOptions {
  /** The size the shuffled map is resized to before it is measured; left out, the map's own. */
  grid?: { width: number; height: number };
  /** How many shuffled maps, at least 1; default 32. */
  shuffles?: number;
  /** Equal seeds give equal shuffles; default 1. */
  seed?: number;
}

/** How the null model of an entropy is made. */
export type NullModelOptions = EntropyOptions & ShuffleOptions;

/** Mean and sample standard deviation (0 for a single value) of what was measured on the shuffled maps. */
export interface NullModel {
  mean: number;
  sd: number;
  /** One value for each shuffled map. */
  values: Float64Array;
}

/** A shuffled map, resized to the grid. */
export interface ShuffledMap {
  map: Float32Array;
  width: number;
  height: number;
  /** Which shuffle this is, from 0. */
  index: number;
  /** How many there will be. */
  of: number;
}

/**
 * The map with its pixels shuffled, again and again: at the map's own resolution, then resized to the grid as the map
 * itself is. What is measured on these maps has the map's values and size, and no structure.
 * The yielded array is overwritten by the next one.
 */
export function* shuffledMaps(
  map: Float32Array,
  width: number,
  height: number,
  { grid = { width, height }, shuffles = 32, seed = 1 }: ShuffleOptions = {},
): Generator<ShuffledMap, void, undefined> {
  assertSize(map.length, width, height);
  assertSize(grid.width * grid.height, grid.width, grid.height);
  if (!Number.isInteger(shuffles) || shuffles < 1) {
    throw new MapError('option', `A null model takes at least one shuffle, a whole number, not ${shuffles}.`);
  }
  const random = seededRandom(seed);
  const pixels = map.slice();
  const resized = new Float32Array(grid.width * grid.height);
  const resize = bilinearResizer(width, height, grid.width, grid.height);
  for (let index = 0; index < shuffles; index++) {
    shuffle(pixels, random);
    resize(pixels, resized);
    yield { map: resized, width: grid.width, height: grid.height, index, of: shuffles };
  }
}

/** Mean and sample standard deviation of the values. */
export function nullModelOf(values: Float64Array): NullModel {
  const n = values.length;
  let mean = 0;
  for (const value of values) mean += value / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0, values };
}

/** One step of a null model. */
export interface NullModelStep {
  /** How many shuffles have been measured. */
  done: number;
  /** How many there will be. */
  of: number;
  /** What the last one measured. */
  value: number;
}

/**
 * The null model of `spatialEntropy`, one step a shuffle, so that a worker can tell how far it is and stop. Returns the
 * whole model at the end. For `altieri` it is that of the residual entropy.
 *
 * @param map height x width values at their own resolution, row-major
 */
export function* nullModelSteps(
  map: Float32Array,
  width: number,
  height: number,
  options: NullModelOptions,
): Generator<NullModelStep, NullModel, undefined> {
  const values: number[] = [];
  for (const shuffled of shuffledMaps(map, width, height, options)) {
    const value = entropyScalar(shuffled.map, shuffled.width, shuffled.height, options);
    values.push(value);
    yield { done: values.length, of: shuffled.of, value };
  }
  return nullModelOf(Float64Array.from(values));
}

/** The null model of `spatialEntropy`: what the map would measure if its pixels lay anywhere. See `nullModelSteps`. */
export function nullModel(
  map: Float32Array,
  width: number,
  height: number,
  options: NullModelOptions,
): NullModel {
  const steps = nullModelSteps(map, width, height, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * How much of the entropy that the values alone would have is missing, because the map is ordered:
 * `1 - value / null mean`; `null` where the null mean is not positive, and nothing can be said.
 */
export function structure(value: number, nullMean: number): number | null {
  return nullMean > 0 ? 1 - value / nullMean : null;
}
