import { seededRandom } from '../../semiotics';
import { seedFor } from '../seeds';
import type { Architecture } from './architecture';
import type { NamedWeight } from './named-weight';
import { type Layout, LOGITS, layoutOf, sizeOf, type WeightShape, weightShapesOf } from './parameter-layout';

/** As PyTorch's `calculate_gain` has them. */
const gains = { relu: Math.SQRT2, tanh: 5 / 3, linear: 1 } as const;

/**
 * Random weights: filters and matrices normal with deviation `gain / sqrt(fan in)` (He et al. 2015), gain sqrt 2 before a ReLU,
 * 5/3 before a tanh, 1 before the logits; biases and offsets 0, scales 1, running statistics 0 and 1. A weight's numbers depend on
 * the seed and its name alone, so that two architectures share those of the layers they share.
 */
export function initialWeights(architecture: Architecture, seed: number): NamedWeight[] {
  const layout: Layout = layoutOf(architecture);
  return weightShapesOf(layout).map((weight) => ({
    name: weight.name,
    shape: weight.shape,
    values: valuesOf(weight, seed, architecture.activation),
  }));
}

/** Random weights, with those of `given` in their place where name and shape fit. */
export function startingWeights(
  architecture: Architecture,
  seed: number,
  given: readonly NamedWeight[],
): NamedWeight[] {
  const byName = new Map(given.map((weight) => [weight.name, weight]));
  return initialWeights(architecture, seed).map((weight) => {
    const found = byName.get(weight.name);
    return found && found.shape.join() === weight.shape.join() ? found : weight;
  });
}

function valuesOf(
  { name, shape, role }: WeightShape,
  seed: number,
  activation: 'relu' | 'tanh',
): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (role === 'scale' || role === 'variance') return values.fill(1);
  if (role !== 'filter' && role !== 'depthwise' && role !== 'matrix') return values;
  const fanIn = sizeOf(shape.slice(0, role === 'depthwise' ? 2 : -1));
  const gain = gains[name.startsWith(`${LOGITS}/`) ? 'linear' : activation];
  return fillNormal(values, gain / Math.sqrt(fanIn), seedFor(seed, `weights ${name}`));
}

/** Normal numbers by Box and Muller's transform. */
function fillNormal(values: Float32Array, deviation: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  for (let i = 0; i < values.length; i += 2) {
    // 1 less a number below 1 is never 0.
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}
