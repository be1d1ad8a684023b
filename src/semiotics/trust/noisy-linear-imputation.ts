import type { Random } from '../random';
import { neighbourSystem } from './neighbour-system';

/** Standard deviation of the noise on what is filled in, in units of the picture's values (Rong et al. 2022). */
const NOISE = 0.01;
/** What is left of the first guess's residual when the filling in counts as solved: its error is then far below the noise. */
const TOLERANCE = 2e-5;

export interface ImputationOptions {
  width: number;
  height: number;
  channels: number;
  /** height x width: 0 where a pixel stays, anything else where it is filled in. */
  removed: Uint8Array;
  /** Where the noise comes from; null for none. */
  random: Random | null;
  noise?: number;
  tolerance?: number;
}

/**
 * Noisy linear imputation (ROAD, Rong et al. 2022): every removed pixel becomes the mean of its eight neighbours, those at
 * its sides weighing 1/6 and those at its corners 1/12 (fewer at the border, scaled to sum to 1), all of them solved for at once, and
 * gets noise on top. A mask cannot be read off the picture, as it can where pixels are simply blackened.
 * Where nothing is left to fill in from, every pixel becomes the mean of its channel.
 *
 * @param picture height x width x channels, row-major
 * @returns the picture filled in, of the same shape
 */
export function noisyLinearImputation(
  picture: Float32Array,
  { width, height, channels, removed, random, noise = NOISE, tolerance = TOLERANCE }: ImputationOptions,
): Float32Array {
  const filled = picture.slice();
  const pixels = width * height;
  let gone = 0;
  for (let i = 0; i < pixels; i++) if (removed[i] !== 0) gone += 1;
  if (gone === 0) return filled;
  if (gone === pixels) fillWithMeans(filled, channels);
  else {
    const solve = neighbourSystem(removed, width, height, tolerance);
    const values = new Float64Array(pixels);
    for (let channel = 0; channel < channels; channel++) {
      for (let i = 0; i < pixels; i++) values[i] = picture[i * channels + channel];
      solve(values);
      for (let i = 0; i < pixels; i++) if (removed[i] !== 0) filled[i * channels + channel] = values[i];
    }
  }
  if (random && noise > 0) {
    const normal = normalFrom(random);
    for (let i = 0; i < pixels; i++) {
      if (removed[i] === 0) continue;
      for (let channel = 0; channel < channels; channel++) filled[i * channels + channel] += noise * normal();
    }
  }
  return filled;
}

function fillWithMeans(picture: Float32Array, channels: number): void {
  const means = new Float64Array(channels);
  const pixels = picture.length / channels;
  for (let i = 0; i < picture.length; i++) means[i % channels] += picture[i] / pixels;
  for (let i = 0; i < picture.length; i++) picture[i] = means[i % channels];
}

/** Draws from the normal distribution of mean 0 and deviation 1 (Box and Muller 1958). */
export function normalFrom(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
