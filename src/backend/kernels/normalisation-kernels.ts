import * as tf from '@tensorflow/tfjs-core';
import { type Activation, activationCode, FLOAT } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import type { TensorMemory } from '../memory/tensor-memory';
import { type Kernel, type KernelOfMany, makeFloats, runKernel } from './replace-kernel';

/** Batch normalisation by the batch's own statistics on the threads of our kernels; see `assembly/normalise.ts`. */

/** Our names of the kernels; `training-kernels.ts` says what they do. */
export const BATCH_NORM_TRAINING = 'BatchNormTraining';
export const BATCH_NORM_TRAINING_GRADIENT = 'BatchNormTrainingGradient';

export interface NormalisationAttributes {
  epsilon: number;
  activation: Activation;
}

/** Numbers of a part at least: less is done before another thread wakes up. */
const SMALLEST_PART = 2 ** 14;
/** Parts at most, the same for any number of threads, and so are the sums. */
const MOST_PARTS = 16;
/** Numbers of a block: they stay in the caches between its two readings. */
const BLOCK = 2 ** 13;
/** Rows of a block at least, for what is done once a block takes time, too. */
const FEWEST_ROWS = 64;
const DOUBLE = 8;

/** How the rows of a matrix [rows, channels] are cut, and a call of each job for all of them. */
function plan(machine: Machine, x: tf.TensorInfo, channels = x.shape[x.shape.length - 1]) {
  const size = x.shape.reduce((product, length) => product * length, 1);
  const rows = size / channels;
  const lanes = Math.ceil(channels / 4) * 4;
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.floor(size / SMALLEST_PART), rows));
  const partRows = Math.ceil(rows / parts);
  const blockRows = Math.max(FEWEST_ROWS, Math.floor(BLOCK / channels));
  const tasks = Math.ceil(rows / partRows);
  const sumsBytes = tasks * 2 * lanes * DOUBLE;
  const perform = (
    kind: JobKind,
    at: { vectors: number; sums: number; change?: tf.TensorInfo; output?: tf.TensorInfo },
    activation: Activation,
  ) =>
    machine.perform(
      kind,
      [
        ...[rows, channels, partRows, blockRows, machine.addressOf(x)],
        at.change ? machine.addressOf(at.change) : 0,
        ...[at.vectors, activationCode[activation], at.sums],
        at.output ? machine.addressOf(at.output) : 0,
      ],
      tasks,
    );
  return { channels, rows, lanes, partRows, tasks, sumsBytes, perform };
}

/** Sets, for every channel, mean, factor and offset of the normalisation; of the statistics as float32 has them. */
function fillVectors(
  vectors: Float32Array,
  lanes: number,
  values: { mean: Float32Array; variance: Float32Array; scale: Float32Array; offset?: Float32Array },
  epsilon: number,
): void {
  const { mean, variance, scale, offset } = values;
  vectors.fill(0);
  for (let c = 0; c < mean.length; c++) {
    vectors[c] = mean[c];
    vectors[lanes + c] = scale[c] / Math.sqrt(variance[c] + epsilon);
    vectors[2 * lanes + c] = offset ? offset[c] : 0;
  }
}

/** Inputs x, scale and offset; outputs y, mean and variance. */
export const batchNormTrainingKernel: KernelOfMany = ({ inputs, attrs, backend }) => {
  const machine = machineOf(backend);
  const { x, scale, offset } = inputs;
  const { epsilon, activation } = attrs as NormalisationAttributes;
  const { channels, rows, lanes, partRows, tasks, sumsBytes, perform } = plan(machine, x);
  const output = makeFloats(backend, x.shape);
  const mean = makeFloats(backend, [channels]);
  const variance = makeFloats(backend, [channels]);
  const numbersOf = (tensor: tf.TensorInfo) => machine.floats(machine.addressOf(tensor), channels);
  machine.lend(sumsBytes + 3 * lanes * FLOAT, (sums) => {
    const vectors = sums + sumsBytes;
    perform(JobKind.statistics, { vectors, sums }, 'linear');
    // Numbers are looked at where they lie, so only after the last allocation.
    const [means, variances] = [numbersOf(mean), numbersOf(variance)];
    joinStatistics(machine.doubles(sums, tasks * 2 * lanes), { lanes, rows, partRows }, means, variances);
    fillVectors(
      machine.floats(vectors, 3 * lanes),
      lanes,
      { mean: means, variance: variances, scale: numbersOf(scale), offset: numbersOf(offset) },
      epsilon,
    );
    perform(JobKind.normalise, { vectors, sums, output }, activation);
  });
  return [output, mean, variance];
};

/** Mean and variance of all parts from the sums of each (Chan, Golub and LeVeque 1979). */
function joinStatistics(
  sums: Float64Array,
  { lanes, rows, partRows }: { lanes: number; rows: number; partRows: number },
  means: Float32Array,
  variances: Float32Array,
): void {
  for (let c = 0; c < means.length; c++) {
    let [sum, squares] = [0, 0];
    for (let before = 0, at = c; before < rows; before += partRows, at += 2 * lanes) {
      const count = Math.min(partRows, rows - before);
      if (before > 0) {
        const gap = sums[at] / count - sum / before;
        squares += (gap * gap * before * count) / (before + count);
      }
      sum += sums[at];
      squares += sums[at + lanes];
    }
    means[c] = sum / rows;
    variances[c] = squares / rows;
  }
}

/** `FusedBatchNorm`, by statistics that are given: of one number for each channel, or of x's shape or one that broadcasts to it. */
export const batchNormKernel: Kernel = ({ inputs, attrs, backend }) => {
  const machine = machineOf(backend);
  const { x, mean, variance, scale, offset } = inputs;
  const { varianceEpsilon } = attrs as tf.FusedBatchNormAttrs;
  const channels = x.shape[x.shape.length - 1] ?? 1;
  const vectors = [mean, variance, scale, offset].filter((tensor) => tensor !== undefined);
  if (vectors.some((tensor) => tensor.size !== channels || (tensor.shape.at(-1) ?? 1) !== channels)) {
    return batchNormOfAnyShape(inputs, varianceEpsilon, backend);
  }
  const output = makeFloats(backend, x.shape);
  if (x.size === 0) return output;
  const { lanes, sumsBytes, perform } = plan(machine, x);
  machine.lend(sumsBytes + 3 * lanes * FLOAT, (sums) => {
    const at = sums + sumsBytes;
    const numbersOf = (tensor: tf.TensorInfo) => machine.floats(machine.addressOf(tensor), channels);
    fillVectors(
      machine.floats(at, 3 * lanes),
      lanes,
      {
        mean: numbersOf(mean),
        variance: numbersOf(variance),
        scale: scale ? numbersOf(scale) : new Float32Array(channels).fill(1),
        offset: offset && numbersOf(offset),
      },
      varianceEpsilon,
    );
    perform(JobKind.normalise, { vectors: at, sums, output }, 'linear');
  });
  return output;
};

/** The same by operations. */
function batchNormOfAnyShape(
  { x, mean, variance, scale, offset }: Record<string, tf.TensorInfo>,
  epsilon: number,
  backend: unknown,
): tf.TensorInfo {
  const memory = backend as TensorMemory;
  const made: tf.TensorInfo[] = [];
  const run = (name: string, inputs: Record<string, tf.TensorInfo>) => {
    const result = runKernel(name, inputs, {}, backend);
    made.push(result);
    return result;
  };
  const added = memory.make([], 'float32', Float32Array.of(epsilon));
  made.push(added);
  const root = run(tf.Rsqrt, { x: run(tf.Add, { a: variance, b: added }) });
  let result = run(tf.Multiply, { a: run(tf.Sub, { a: x, b: mean }), b: root });
  if (scale) result = run(tf.Multiply, { a: result, b: scale });
  if (offset) result = run(tf.Add, { a: result, b: offset });
  for (const tensor of made) if (tensor !== result) memory.disposeData(tensor.dataId);
  return result;
}

/** Inputs dy, x, mean, variance, scale and, where there is an activation, offset; outputs dx, dScale and dOffset. */
export const batchNormTrainingGradientKernel: KernelOfMany = ({ inputs, attrs, backend }) => {
  const machine = machineOf(backend);
  const { dy, x, mean, variance, scale, offset } = inputs;
  const { epsilon, activation } = attrs as NormalisationAttributes;
  const { channels, rows, lanes, tasks, sumsBytes, perform } = plan(machine, x);
  const dx = makeFloats(backend, x.shape);
  const dScale = makeFloats(backend, [channels]);
  const dOffset = makeFloats(backend, [channels]);
  const numbersOf = (tensor: tf.TensorInfo) => machine.floats(machine.addressOf(tensor), channels);
  machine.lend(sumsBytes + 5 * lanes * FLOAT, (sums) => {
    const vectors = sums + sumsBytes;
    const statistics = () => ({
      mean: numbersOf(mean),
      variance: numbersOf(variance),
      scale: numbersOf(scale),
      offset: offset && numbersOf(offset),
    });
    fillVectors(machine.floats(vectors, 5 * lanes), lanes, statistics(), epsilon);
    perform(JobKind.normaliseSums, { vectors, sums, change: dy }, activation);
    const { variance: variances } = statistics();
    const numbers = machine.floats(vectors, 5 * lanes);
    const joined = machine.doubles(sums, tasks * 2 * lanes);
    const [ofScale, ofOffset] = [numbersOf(dScale), numbersOf(dOffset)];
    for (let c = 0; c < channels; c++) {
      let [sum, products] = [0, 0];
      for (let at = c; at < joined.length; at += 2 * lanes) {
        sum += joined[at];
        products += joined[at + lanes];
      }
      const factor = numbers[lanes + c];
      const inverse = 1 / (variances[c] + epsilon);
      ofScale[c] = products * Math.sqrt(inverse);
      ofOffset[c] = sum;
      numbers[3 * lanes + c] = (-factor * inverse * products) / rows;
      numbers[4 * lanes + c] = (-factor * sum) / rows;
    }
    perform(JobKind.normaliseGradient, { vectors, sums, change: dy, output: dx }, activation);
  });
  return [dx, dScale, dOffset];
};

/**
 * Sums over all but the last axes of a tensor, in float64 where it counts.
 * @param shape of the result, the last axes of x and ones
 * @param factor what the sums are multiplied with
 */
export function sumsOfColumns(
  machine: Machine,
  x: tf.TensorInfo,
  shape: number[],
  factor: number,
): tf.TensorInfo {
  const channels = shape.reduce((product, length) => product * length, 1);
  const { lanes, tasks, sumsBytes, perform } = plan(machine, x, channels);
  const result = makeFloats(machine.backend, shape);
  machine.lend(sumsBytes, (sums) => {
    perform(JobKind.columnSums, { vectors: 0, sums }, 'linear');
    const joined = machine.doubles(sums, tasks * 2 * lanes);
    const to = machine.floats(machine.addressOf(result), channels);
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let at = c; at < joined.length; at += 2 * lanes) sum += joined[at];
      to[c] = sum * factor;
    }
  });
  return result;
}
