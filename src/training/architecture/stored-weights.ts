import * as v from 'valibot';
import { decodeFloat32, encodeFloat32 } from '../../codecs/base64-float32';
import type { NamedWeight } from './named-weight';

/** Weights as they lie in JSON: base64 of little-endian float32. */
export interface StoredWeight {
  name: string;
  shape: number[];
  float32: string;
}

export const storedWeightsSchema = v.array(
  v.object({
    name: v.string(),
    shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
    float32: v.string(),
  }),
);

export const storeWeights = (weights: readonly NamedWeight[]): StoredWeight[] =>
  weights.map(({ name, shape, values }) => ({ name, shape, float32: encodeFloat32(values) }));

/** @throws RangeError naming the weights that are no base64 of as many numbers as their shape tells */
export function readStoredWeights(stored: readonly StoredWeight[]): NamedWeight[] {
  return stored.map(({ name, shape, float32 }) => {
    let values: Float32Array;
    try {
      values = decodeFloat32(float32);
    } catch {
      throw new RangeError(`the weights ${name} are no base64 of float32`);
    }
    if (values.length !== shape.reduce((product, length) => product * length, 1)) {
      throw new RangeError(`the weights ${name} are not as many as their shape tells`);
    }
    return { name, shape, values };
  });
}
