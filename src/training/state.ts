import * as tf from '@tensorflow/tfjs-core';
import type { NamedWeight } from './architecture/named-weight';
import { batchNormalisation, type Layout } from './architecture/parameter-layout';
import { gathered, joined, type ParameterPlaces, parted, placesOf } from './architecture/parameters';
import { momentNames } from './optimiser';
import type { Recipe } from './training-methods';

/** What changes with every step, as vectors on the backend. They are never written to: each step makes new ones. */
export interface TrainingState {
  /** Steps done. */
  step: number;
  learned: tf.Tensor1D;
  moments: tf.Tensor1D[];
  /** Running means and variances. */
  statistics: tf.Tensor1D;
}

/** @param moments null at the beginning, where they are 0 */
export function createState(
  places: ParameterPlaces,
  step: number,
  weights: readonly NamedWeight[],
  optimiser: Recipe['optimiser'],
  moments: readonly NamedWeight[] | null,
): TrainingState {
  const suffixes = momentNames[optimiser.kind].map((name) => `/${name}`);
  return {
    step,
    learned: tf.tensor1d(joined(places.learned, weights)),
    moments: suffixes.map((suffix) => {
      if (!moments) return tf.zeros([places.sizes.learned]) as tf.Tensor1D;
      const suffixed = places.learned.map((place) => ({ ...place, name: `${place.name}${suffix}` }));
      return tf.tensor1d(joined(suffixed, moments));
    }),
    statistics: tf.tensor1d(joined(places.statistics, weights), 'float32'),
  };
}

/** The same state for another owner. */
export const shareState = (state: TrainingState): TrainingState => ({
  step: state.step,
  learned: state.learned.clone(),
  moments: state.moments.map((moment) => moment.clone()),
  statistics: state.statistics.clone(),
});

export const disposeState = ({ learned, moments, statistics }: TrainingState): void =>
  tf.dispose([learned, moments, statistics]);

/** Weights and running statistics, in the order of the layers. */
export async function readWeights(
  layout: Layout,
  { learned, statistics }: TrainingState,
): Promise<NamedWeight[]> {
  const places = placesOf(layout);
  const found = [
    ...parted(places.learned, (await learned.data()) as Float32Array),
    ...parted(places.statistics, (await statistics.data()) as Float32Array),
  ];
  const byName = new Map(found.map((weight) => [weight.name, weight]));
  return layout.layers.flatMap(({ weights }) => weights.map(({ name }) => byName.get(name) as NamedWeight));
}

export async function readMoments(
  places: ParameterPlaces,
  { moments }: TrainingState,
  optimiser: Recipe['optimiser'],
): Promise<NamedWeight[]> {
  const names = momentNames[optimiser.kind];
  const read = await Promise.all(
    moments.map(async (moment, i) =>
      parted(places.learned, (await moment.data()) as Float32Array, `/${names[i]}`),
    ),
  );
  return read.flat();
}

/**
 * Running statistics after a batch: nine tenths of what they were and a tenth of the batch's, its variance unbiased, as PyTorch has
 * them.
 * @param counts places of the batch that each statistic was taken over, by the weight's name
 */
export function runningStatistics(
  places: ParameterPlaces,
  running: tf.Tensor1D,
  ofBatch: ReadonlyMap<string, tf.Tensor>,
  shares: tf.Tensor1D,
): tf.Tensor1D {
  if (running.size === 0) return running.clone();
  return tf.tidy(() => {
    const batch = gathered(places.statistics, ofBatch);
    return tf.add(tf.mul(running, 1 - batchNormalisation.momentum), tf.mul(batch, shares)) as tf.Tensor1D;
  });
}

/** How much of each statistic of a batch goes into the running ones; variances are made unbiased by it. */
export function batchShares(layout: Layout, places: ParameterPlaces, batch: number): Float32Array {
  const shares = new Float32Array(places.sizes.statistics);
  const spots = new Map(
    layout.layers.flatMap(({ weights, shape }) =>
      weights.map(({ name }) => [name, (batch * shape.reduce((a, b) => a * b, 1)) / shape[shape.length - 1]]),
    ),
  );
  for (const { name, role, start, size } of places.statistics) {
    const count = spots.get(name) as number;
    const unbiased = role === 'variance' && count > 1 ? count / (count - 1) : 1;
    shares.fill(batchNormalisation.momentum * unbiased, start, start + size);
  }
  return shares;
}
