import * as tf from '@tensorflow/tfjs-core';
import { bitsOf } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { sumsOfColumns } from '../kernels/normalisation-kernels';
import { type Kernel, runKernel } from '../kernels/replace-kernel';
import type { TensorMemory } from '../memory/tensor-memory';

/**
 * Reductions over any axes; see `assembly/reduce.ts`. Axes that stand side by side are one; of several groups the last is reduced first. Every
 * sum is cut alike for any number of threads.
 */

/** `Max` has a word of its own for its axes. */
interface ReductionAttributes {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims: boolean;
}

/** A tensor [outer, count, inner], to be reduced over its middle axis. */
interface Columns {
  outer: number;
  count: number;
  inner: number;
}

/** Numbers of a task at least: less is done before another thread wakes up. */
const SMALLEST_TASK = 2 ** 14;
/** Numbers side by side of a task: four cache lines. */
const CHUNK = 64;

const product = (sizes: readonly number[]) => tf.util.sizeFromShape([...sizes]);

/** Groups of neighbouring axes, as [first, behind the last], the last group first; axes of one place are left out. */
function groupsOf(shape: readonly number[], axes: readonly number[]): [number, number][] {
  const groups: [number, number][] = [];
  for (const axis of [...axes].sort((a, b) => b - a)) {
    const group = groups.at(-1);
    if (group && group[0] === axis + 1) group[0] = axis;
    else groups.push([axis, axis + 1]);
  }
  return groups.filter(([first, after]) => product(shape.slice(first, after)) !== 1);
}

const keptShape = (shape: readonly number[], axes: readonly number[], keepDims: boolean) =>
  shape.flatMap((size, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [size]));

/** Reduces group by group; `step` makes [outer, inner] of [outer, count, inner]. Without any group it makes a copy. */
function reduceGroups(
  memory: TensorMemory,
  x: tf.TensorInfo,
  { axis, reductionIndices, keepDims }: ReductionAttributes,
  step: (input: tf.TensorInfo, columns: Columns, isLast: boolean) => tf.TensorInfo,
): tf.TensorInfo {
  const axes = tf.util.parseAxisParam((axis ?? reductionIndices) as number[], x.shape);
  const groups = groupsOf(x.shape, axes);
  const sizes = [...x.shape];
  let result = x;
  for (const [i, [first, after]] of (groups.length > 0 ? groups : [[0, 0]]).entries()) {
    const columns = {
      outer: product(sizes.slice(0, first)),
      count: product(sizes.slice(first, after)),
      inner: product(sizes.slice(after)),
    };
    const reduced = step(result, columns, i >= groups.length - 1);
    if (result !== x) memory.disposeData(result.dataId);
    result = reduced;
    sizes.fill(1, first, after);
  }
  return { ...result, shape: keptShape(x.shape, axes, keepDims) };
}

const operationCode = { sum: 0, largest: 1, smallest: 2 } as const;

/** On our threads, float32. */
function performReduction(
  memory: TensorMemory,
  operation: keyof typeof operationCode,
  input: tf.TensorInfo,
  { outer, count, inner }: Columns,
  factor: number,
): tf.TensorInfo {
  const machine = machineOf(memory);
  if (operation === 'sum' && outer === 1 && inner > 1 && count > 1) {
    return sumsOfColumns(machine, { ...input, shape: [count, inner] }, [inner], factor);
  }
  const output = memory.make([outer, inner], 'float32');
  const rows = Math.max(1, Math.ceil(SMALLEST_TASK / count));
  const columns = Math.max(CHUNK, Math.ceil(SMALLEST_TASK / count / CHUNK) * CHUNK);
  const block = inner === 1 ? rows : columns;
  machine.perform(
    JobKind.reduce,
    [
      ...[operationCode[operation], outer, count, inner],
      ...[machine.addressOf(input), machine.addressOf(output), bitsOf(factor), block],
    ],
    inner === 1 ? Math.ceil(outer / block) : outer * Math.ceil(inner / block),
  );
  return output;
}

/** How numbers of other types, and products, come together; in float64. */
type Fold = { start: number; add(sum: number, value: number): number };

function fold(
  memory: TensorMemory,
  input: tf.TensorInfo,
  { outer, count, inner }: Columns,
  { start, add }: Fold,
  dtype: tf.DataType,
): tf.TensorInfo {
  const output = memory.make([outer, inner], dtype);
  const [from, to] = [input, output].map((tensor) => memory.valuesOf(tensor));
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let sum = start;
      for (let k = 0; k < count; k++) sum = add(sum, from[(o * count + k) * inner + i]);
      to[o * inner + i] = sum;
    }
  }
  return output;
}

const folds: Record<string, Fold> = {
  [tf.Sum]: { start: 0, add: (sum, value) => sum + value },
  [tf.Prod]: { start: 1, add: (sum, value) => sum * value },
  [tf.Max]: { start: Number.NEGATIVE_INFINITY, add: Math.max },
  [tf.Min]: { start: Number.POSITIVE_INFINITY, add: Math.min },
  [tf.All]: { start: 1, add: (sum, value) => Number(sum && value) },
  [tf.Any]: { start: 0, add: (sum, value) => Number(sum || value) },
};

/** Sum, Max and Min of float32 on our threads, all else number by number. */
const reductionKernel =
  (name: string, operation?: keyof typeof operationCode): Kernel =>
  ({ inputs: { x }, attrs, backend }) => {
    const memory = backend as TensorMemory;
    // Truth values are counted.
    const dtype = x.dtype === 'bool' && (name === tf.Sum || name === tf.Prod) ? 'int32' : x.dtype;
    return reduceGroups(memory, x, attrs as ReductionAttributes, (input, columns) => {
      const isOwn =
        operation && input.dtype === 'float32' && columns.outer * columns.count * columns.inner > 0;
      return isOwn
        ? performReduction(memory, operation, input, columns, 1)
        : fold(memory, input, columns, folds[name], dtype);
    });
  };

const meanKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const memory = backend as TensorMemory;
  const { axis } = attrs as tf.MeanAttrs;
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const factor = 1 / product(axes.map((one) => x.shape[one]));
  const numbers = runKernel(tf.Cast, { x }, { dtype: 'float32' }, backend);
  const mean = reduceGroups(memory, numbers, attrs as ReductionAttributes, (input, columns, isLast) =>
    columns.outer * columns.count * columns.inner > 0
      ? performReduction(memory, 'sum', input, columns, isLast ? factor : 1)
      : fold(memory, input, columns, { start: Number.NaN, add: (sum) => sum }, 'float32'),
  );
  memory.disposeData(numbers.dataId);
  return mean;
};

/** Place of the first number that none is before, along one axis. */
const placeKernel =
  (isBefore: (a: number, b: number) => boolean): Kernel =>
  ({ inputs: { x }, attrs, backend }) => {
    const memory = backend as TensorMemory;
    const [axis] = tf.util.parseAxisParam((attrs as tf.ArgMaxAttrs).axis, x.shape);
    const [count, inner] = [x.shape[axis], product(x.shape.slice(axis + 1))];
    const output = memory.make(keptShape(x.shape, [axis], false), 'int32');
    const [from, to] = [x, output].map((tensor) => memory.valuesOf(tensor));
    for (let at = 0; at < to.length; at++) {
      const first = Math.floor(at / inner) * count * inner + (at % inner);
      let best = 0;
      for (let k = 1; k < count; k++)
        if (isBefore(from[first + k * inner], from[first + best * inner])) best = k;
      to[at] = best;
    }
    return output;
  };

export const reductionKernels: Record<string, Kernel> = {
  [tf.Sum]: reductionKernel(tf.Sum, 'sum'),
  [tf.Max]: reductionKernel(tf.Max, 'largest'),
  [tf.Min]: reductionKernel(tf.Min, 'smallest'),
  [tf.Prod]: reductionKernel(tf.Prod),
  [tf.All]: reductionKernel(tf.All),
  [tf.Any]: reductionKernel(tf.Any),
  [tf.Mean]: meanKernel,
  [tf.ArgMax]: placeKernel((a, b) => a > b),
  [tf.ArgMin]: placeKernel((a, b) => a < b),
};
