import { allParts, type Weight } from './network-graph';
import type { AffineSpec } from './ops/affine';
import type { Shape } from './ops/operation';

export const isWeight = (value: unknown): value is Weight =>
  typeof value === 'object' && value !== null && 'read' in value;

/** The weights of an operation, those of its activation included. */
export function weightsOf(spec: object): Weight[] {
  return Object.entries(spec).flatMap(([key, value]) => {
    if (isWeight(value)) return [value];
    return key === 'activation' ? weightsOf(value) : [];
  });
}

/** A weight whose values are at hand. */
export const weightOf = (shape: Shape, values: Float32Array): Weight => ({
  shape,
  from: [],
  read: () => values,
});

export const scalarWeight = (value: number): Weight => weightOf([1], Float32Array.of(value));

/** The same numbers in another shape of the same size. */
export const reshapedWeight = (weight: Weight, shape: Shape): Weight => ({
  shape,
  from: weight.from,
  read: () => weight.read(),
  ...(weight.readInto && sizeOf({ shape }) === sizeOf(weight)
    ? { readInto: (target: Float32Array) => weight.readInto?.(target) }
    : {}),
});

/**
 * A weight computed from others of one size, place by place; missing ones are null.
 * @param combine gets the same array for every place, and keeps nothing of it
 */
export function combinedWeight(
  shape: Shape,
  parts: readonly (Weight | null)[],
  combine: (values: number[]) => number,
  missing: readonly number[],
): Weight {
  return {
    shape,
    from: allParts(parts),
    read() {
      const size = shape.reduce((product, length) => product * length, 1);
      const values = parts.map((part) => part?.read() ?? null);
      const combined = new Float32Array(size);
      // One array for all places: networks have millions of them.
      const here = [...missing];
      for (let i = 0; i < size; i++) {
        for (let k = 0; k < values.length; k++) {
          const each = values[k];
          if (each) here[k] = each[each.length === 1 ? 0 : i];
        }
        combined[i] = combine(here);
      }
      return combined;
    },
  };
}

export interface BatchNormalisation {
  readonly gamma: Weight | null;
  readonly beta: Weight | null;
  readonly mean: Weight;
  readonly variance: Weight;
  readonly epsilon: number;
}

/** Batch normalisation in inference as one factor and one summand a channel, computed in float64. */
export function batchNormalisation(layer: BatchNormalisation): AffineSpec<Weight> {
  const { gamma, beta, mean, variance, epsilon } = layer;
  return {
    type: 'affine',
    statistics: { mean, variance },
    scale: combinedWeight(
      variance.shape,
      [variance, gamma],
      ([v, factor]) => factor / Math.sqrt(v + epsilon),
      [1, 1],
    ),
    shift: combinedWeight(
      variance.shape,
      [variance, gamma, beta, mean],
      ([v, factor, summand, centre]) => summand - (centre * factor) / Math.sqrt(v + epsilon),
      [1, 1, 0, 0],
    ),
  };
}

const sizeOf = ({ shape }: Pick<Weight, 'shape'>) => shape.reduce((product, length) => product * length, 1);

/** True for one number, or one number a channel on the last axis. */
export const isPerChannel = (weight: Weight, channels: number): boolean =>
  sizeOf(weight) === 1 || (sizeOf(weight) === channels && weight.shape.at(-1) === channels);

/** A filter or kernel whose channels on axis `axis` are multiplied by `scale`. */
export function scaledFilter(filter: Weight, scale: Weight, axis: number): Weight {
  const { shape } = filter;
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const channels = shape[axis];
  const multiply = (values: Float32Array, factors: Float32Array) => {
    for (let i = 0; i < values.length; i++) {
      values[i] *= factors.length === 1 ? factors[0] : factors[Math.floor(i / inner) % channels];
    }
  };
  return {
    shape,
    from: allParts([filter, scale]),
    read() {
      const factors = scale.read();
      const values = Float32Array.from(filter.read());
      multiply(values, factors);
      return values;
    },
    ...(filter.readInto && {
      readInto(target: Float32Array) {
        const factors = scale.read();
        filter.readInto?.(target);
        multiply(target, factors);
      },
    }),
  };
}

/** scale * bias + shift, one a channel. */
export function affineBias(
  bias: Weight | null,
  scale: Weight | null,
  shift: Weight | null,
  channels: number,
): Weight | null {
  if (!bias && !shift) return null;
  return combinedWeight([channels], [bias, scale, shift], ([b, s, t]) => b * s + t, [0, 1, 0]);
}
