import type { Weight } from '../../network-graph';

/** A weight with its axes in another order. @param order axis of the weight that becomes axis i */
export function permutedWeight(weight: Weight, order: readonly number[]): Weight {
  if (order.every((axis, i) => axis === i)) return weight;
  const shape = order.map((axis) => weight.shape[axis]);
  return {
    shape,
    from: weight.from,
    read() {
      const values = weight.read();
      const strides = weight.shape.map((_, axis) =>
        weight.shape.slice(axis + 1).reduce((product, size) => product * size, 1),
      );
      const steps = order.map((axis) => strides[axis]);
      const turned = new Float32Array(values.length);
      const at = shape.map(() => 0);
      let from = 0;
      for (let i = 0; i < turned.length; i++) {
        turned[i] = values[from];
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          from += steps[axis];
          at[axis] += 1;
          if (at[axis] < shape[axis]) break;
          from -= steps[axis] * shape[axis];
          at[axis] = 0;
        }
      }
      return turned;
    },
  };
}
