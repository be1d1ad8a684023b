import type { Architecture } from '../training/architecture/architecture';
import type { NamedWeight } from '../training/architecture/named-weight';
import { layoutOf, weightShapesOf } from '../training/architecture/parameter-layout';

/**
 * Weights of another network that an architecture can begin with: layer by layer, those whose names and shapes are all the
 * same. A layer that reads another number of channels than before begins at random, with its normalisation.
 */
export function keptWeights(architecture: Architecture, weights: readonly NamedWeight[]): NamedWeight[] {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  const shapes = weightShapesOf(layoutOf(architecture));
  const strangers = new Set(
    shapes
      .filter(({ name, shape }) => byName.get(name)?.shape.join() !== shape.join())
      .map(({ name }) => layerOf(name)),
  );
  return shapes
    .filter(({ name }) => !strangers.has(layerOf(name)))
    .map(({ name }) => byName.get(name) as NamedWeight);
}

/** "conv2_1" of "conv2_1/filter". */
const layerOf = (weight: string) => weight.slice(0, weight.lastIndexOf('/'));
