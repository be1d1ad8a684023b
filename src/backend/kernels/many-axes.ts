import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from './replace-kernel';

/*
 * XNNPACK knows tensors of six axes. Windows of attention have seven and more, with the pictures and the heads in front: neighbouring
 * axes that are treated alike are one axis to a kernel.
 */

const MOST_AXES = 6;

/** Runs of neighbouring axes that `kindOf` says the same of, as [first, behind the last]. */
function runsOf(axes: number, kindOf: (axis: number) => string): [number, number][] {
  const runs: [number, number][] = [];
  for (let axis = 0; axis < axes; axis++) {
    const last = runs.at(-1);
    if (last && kindOf(axis) === kindOf(last[0])) last[1] = axis + 1;
    else runs.push([axis, axis + 1]);
  }
  return runs;
}

const joined = (shape: readonly number[], runs: readonly [number, number][]) =>
  runs.map((run) => tf.util.sizeFromShape(shape.slice(...run)));

/** Elementwise on two tensors that broadcast. */
export const binaryOfManyAxes =
  (stock: Kernel): Kernel =>
  (parameters) => {
    const { a, b } = parameters.inputs;
    const rank = Math.max(a.shape.length, b.shape.length);
    if (rank <= MOST_AXES) return stock(parameters);
    const [x, y] = [a, b].map(({ shape }) => [...new Array(rank - shape.length).fill(1), ...shape]);
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(x, y);
    const runs = runsOf(rank, (axis) => `${x[axis] === shape[axis]},${y[axis] === shape[axis]}`);
    const inputs = {
      a: { ...a, shape: joined(x, runs) } as tf.Tensor,
      b: { ...b, shape: joined(y, runs) } as tf.Tensor,
    };
    return { ...stock({ ...parameters, inputs }), shape };
  };

/** A constant around some axes. */
export const padOfManyAxes =
  (stock: Kernel): Kernel =>
  (parameters) => {
    const { x } = parameters.inputs;
    const attrs = parameters.attrs as tf.PadV2Attrs;
    if (x.shape.length <= MOST_AXES) return stock(parameters);
    const around = attrs.paddings;
    const isPadded = (axis: number) => around[axis].some((pad) => pad > 0);
    // An axis with a frame is a run of its own.
    const runs = runsOf(x.shape.length, (axis) => (isPadded(axis) ? String(axis) : 'whole'));
    const paddings = runs.map(([first]): [number, number] => around[first]);
    const inputs = { x: { ...x, shape: joined(x.shape, runs) } as tf.Tensor };
    const shape = x.shape.map((size, axis) => size + around[axis][0] + around[axis][1]);
    return { ...stock({ ...parameters, inputs, attrs: { ...attrs, paddings } }), shape };
  };
