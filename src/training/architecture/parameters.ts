import * as tf from '@tensorflow/tfjs-core';
import { checkedWeights } from './architecture-graph';
import type { NamedWeight } from './named-weight';
import { isLearned, type Layout, sizeOf, type WeightShape, weightShapesOf } from './parameter-layout';

/** Where a weight lies in the vector that holds all of its kind. */
interface Place extends WeightShape {
  start: number;
  size: number;
}

/**
 * All learned numbers in one vector, those that decay first, and all running statistics in another: an optimiser's step is a few
 * operations on long vectors instead of as many for each of dozens of small ones.
 */
export interface ParameterPlaces {
  learned: Place[];
  statistics: Place[];
  /** Length of the part of the learned vector that decays. */
  decaying: number;
  /** Lengths of the two vectors. */
  sizes: { learned: number; statistics: number };
}

export function placesOf(layout: Layout): ParameterPlaces {
  const shapes = weightShapesOf(layout);
  const decays = ({ role }: WeightShape) => role === 'filter' || role === 'depthwise' || role === 'matrix';
  const learned = inLine([
    ...shapes.filter(decays),
    ...shapes.filter((shape) => isLearned(shape) && !decays(shape)),
  ]);
  const statistics = inLine(shapes.filter((shape) => !isLearned(shape)));
  return {
    learned,
    statistics,
    decaying: lengthOf(learned.filter(decays)),
    sizes: { learned: lengthOf(learned), statistics: lengthOf(statistics) },
  };
}

function inLine(shapes: readonly WeightShape[]): Place[] {
  let start = 0;
  return shapes.map((shape) => {
    const size = sizeOf(shape.shape);
    start += size;
    return { ...shape, size, start: start - size };
  });
}

const lengthOf = (places: readonly Place[]) => places.reduce((total, { size }) => total + size, 0);

/** The values of weights, one behind the other. @throws ArchitectureError for one that is missing or of another shape */
export function joined(places: readonly Place[], weights: readonly NamedWeight[]): Float32Array {
  const byName = checkedWeights(places, weights);
  const values = new Float32Array(lengthOf(places));
  for (const { name, start } of places) values.set((byName.get(name) as NamedWeight).values, start);
  return values;
}

/** The weights in a vector; `suffix` behind each name. */
export const parted = (places: readonly Place[], values: Float32Array, suffix = ''): NamedWeight[] =>
  places.map(({ name, shape, start, size }) => ({
    name: `${name}${suffix}`,
    shape,
    values: values.slice(start, start + size),
  }));

/** The weights in a vector as tensors, by name, owned by the caller. */
export function sliced(places: readonly Place[], vector: tf.Tensor1D): Map<string, tf.Tensor> {
  return new Map(
    places.map(({ name, shape, start, size }) => [
      name,
      tf.tidy(() => tf.reshape(tf.slice1d(vector, start, size), shape)),
    ]),
  );
}

/** Tensors by name in one vector, owned by the caller, who keeps the tensors. */
export function gathered(places: readonly Place[], tensors: ReadonlyMap<string, tf.Tensor>): tf.Tensor1D {
  return tf.tidy(() =>
    tf.concat1d(places.map(({ name, size }) => tf.reshape(tensors.get(name) as tf.Tensor, [size]))),
  );
}
