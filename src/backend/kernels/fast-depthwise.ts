import * as tf from '@tensorflow/tfjs-core';
import type { Gate } from '../fast-convolution';
import { type Activation, FLOAT, type Pair } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { fillIn } from '../fast-convolution/planned-fields';
import { type Plans, planned } from '../fast-convolution/planned-jobs';
import { machineOf } from '../fast-convolution/running';
import type { TensorMemory } from '../memory/tensor-memory';
import { withActivation, withBias } from './fused-activations';
import { floatsOf, type Kernel, makeFloats, runKernel, runOwn } from './replace-kernel';

/**
 * Depthwise convolutions and their gradients on our own threads; see `fast-convolution/assembly/depthwise.ts`, which has one output for each
 * channel. Where a channel has several, it is laid side by side with itself as often first: [n, h, w, c] becomes [n, h, w, c * m].
 */

type Shape4D = [number, number, number, number];
type Info = tf.backend_util.Conv2DInfo;

interface WindowAttributes {
  strides: number | Pair;
  pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  dilations?: number | Pair;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function infoOf(
  inputShape: Shape4D,
  filterShape: Shape4D,
  { strides, pad, dilations = 1, dimRoundingMode }: WindowAttributes,
): Info {
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
}

const isEmpty = (...shapes: readonly number[][]) =>
  shapes.some((shape) => tf.util.sizeFromShape(shape) === 0);

/** Gives `work` a map with every channel so many times side by side. */
function repeated(
  backend: unknown,
  x: tf.TensorInfo,
  times: number,
  work: (x: tf.TensorInfo) => tf.TensorInfo,
): tf.TensorInfo {
  if (times === 1) return work(x);
  const [n, h, w, c] = x.shape;
  const standing = { ...x, shape: [n, h, w, c, 1] };
  const tiled = runKernel(tf.Tile, { x: standing }, { reps: [1, 1, 1, 1, times] }, backend);
  const result = work({ ...tiled, shape: [n, h, w, c * times] });
  (backend as TensorMemory).disposeData(tiled.dataId);
  return result;
}

const windowFields = ({
  filterHeight,
  filterWidth,
  strideHeight,
  strideWidth,
  dilationHeight,
  dilationWidth,
  padInfo,
}: Info) => [
  ...[filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth],
  ...[padInfo.top, padInfo.left],
];

/** Maps of so few rows are cut into one task a thread: every task frames the rows around its own once more. */
const FEW_ROWS = 32;

/** Rows of a task; else two tasks a thread, so that one thread that the system holds up does not hold up all. */
const rowsOf = ({ threads }: Machine, rows: number) =>
  Math.ceil(rows / (rows < FEW_ROWS || threads === 1 ? threads : 2 * threads));

interface Work {
  input: tf.TensorInfo;
  gate?: { values: tf.TensorInfo; activation: Activation };
  filter: tf.TensorInfo;
  turned: boolean;
  bias?: tf.TensorInfo;
  activation: Activation;
  output: tf.TensorInfo;
}

/** Places in the record of what is not planned. */
const PLACES = { reads: 15, gives: 20 };

function perform(machine: Machine, info: Info, work: Work, plans?: Plans): void {
  const { input, turned, output } = work;
  const { fields, tasks } = planned(plans, machine, turned, () => {
    const [batch, outHeight, outWidth, channels] = output.shape;
    const rows = batch * outHeight;
    const ofTask = rowsOf(machine, rows);
    const record = [
      ...[batch, input.shape[1], input.shape[2], channels, outHeight, outWidth, channels],
      ...windowFields(info),
      ...[0, 0, 0, 0, turned ? 1 : 0, 0, 0, 0, ofTask],
    ];
    return { fields: record, tasks: Math.ceil(rows / ofTask) };
  });
  fillIn(fields, PLACES, machine, work, machine.addressOf(work.filter));
  machine.perform(JobKind.depthwise, fields, tasks);
}

/** `DepthwiseConv2dNative`, or with bias and activation `FusedDepthwiseConv2D`. */
export const depthwiseKernel: Kernel = (parameters) => {
  const { inputs, attrs, backend } = parameters;
  const { x, filter, bias } = inputs;
  const { dataFormat = 'NHWC' } = attrs as Partial<tf.FusedDepthwiseConv2DAttrs>;
  if (dataFormat !== 'NHWC') throw new Error(`Maps of ${dataFormat} are not convolved on WebAssembly.`);
  const { placed, plans } = attrs as { placed?: Info; plans?: Plans };
  const info = placed ?? infoOf(x.shape as Shape4D, filter.shape as Shape4D, attrs as WindowAttributes);
  return withActivation(parameters, (activation) =>
    withBias(backend, bias, info.outChannels, (vector) =>
      repeated(backend, x, (filter as tf.Tensor4D).shape[3], (input) => {
        const output = makeFloats(backend, info.outShape);
        if (isEmpty(info.outShape)) return output;
        const work = { input, filter, bias: vector, activation, turned: false, output };
        perform(machineOf(backend), info, work, plans);
        return output;
      }),
    ),
  );
};

interface GatedAttributes extends WindowAttributes {
  inputShape: Shape4D;
  gateActivation?: Activation;
  /** Where windows lie, once that is known, and the plans of the jobs over them. */
  placed?: Info;
  plans?: Plans;
}

/** `DepthwiseConv2dNativeBackpropInput`; with the input `output` and its activation also through a gate. */
export const depthwiseInputGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { dy, filter, output } = inputs;
  const { inputShape, gateActivation = 'linear', placed, plans, ...windows } = attrs as GatedAttributes;
  const info = placed ?? infoOf(inputShape, filter.shape as Shape4D, windows);
  const gate = output && { values: output, activation: gateActivation };
  const [, , , multiplier] = filter.shape as Shape4D;
  // Of the map whose channels stand side by side with themselves.
  const wide = [...inputShape.slice(0, 3), info.outChannels];
  const dx = makeFloats(backend, wide);
  if (isEmpty(dy.shape)) floatsOf(backend, dx).fill(0);
  else if (!isEmpty(wide)) {
    const work = { input: dy, gate, filter, turned: true, activation: 'linear' as const, output: dx };
    perform(machineOf(backend), info, work, plans);
  }
  if (multiplier === 1) return dx;
  const each = { ...dx, shape: [...inputShape, multiplier] };
  const sums = runKernel(tf.Sum, { x: each }, { axis: 4, keepDims: false }, backend);
  (backend as TensorMemory).disposeData(dx.dataId);
  return sums;
};

/** Our name for the gradient of a depthwise convolution with an activation behind it. */
export const GATED_DEPTHWISE_INPUT_GRADIENT = 'GatedDepthwiseBackpropInput';

/** A depthwise convolution: `filter` is [kh, kw, c, m]. */
export interface Depthwise extends WindowAttributes {
  filter: tf.Tensor4D;
}

/** A depthwise convolution over maps of one shape, [n, h, w, c]. */
export interface PlacedDepthwise {
  filter: tf.Tensor4D;
  placed: Info;
  plans: Plans;
}

/** Where the windows of a depthwise convolution lie; asked for once by who convolves many maps of one shape. */
export const placeDepthwise = (inputShape: Shape4D, windows: Depthwise): PlacedDepthwise => ({
  filter: windows.filter,
  placed: infoOf(inputShape, windows.filter.shape, windows),
  plans: {},
});

/** The depthwise convolution of x with bias and activation; null on other backends. */
export function depthwiseConvolution(
  x: tf.Tensor4D,
  { filter, placed, plans }: PlacedDepthwise,
  activation: Activation,
  bias?: tf.Tensor1D,
): tf.Tensor4D | null {
  if (tf.getBackend() !== 'wasm') return null;
  return runOwn(tf.FusedDepthwiseConv2D, bias ? { x, filter, bias } : { x, filter }, {
    activation,
    placed,
    plans,
  });
}

/**
 * Gradient of a depthwise convolution and the activation behind it towards the input, in one kernel.
 * @param dy gradient of the activation's output, [n, oh, ow, c]
 * @returns [n, h, w, c]; null on other backends
 */
export function gatedDepthwiseInputGradient(
  dy: tf.Tensor4D,
  { filter, placed, plans }: PlacedDepthwise,
  { output, activation }: Gate,
): tf.Tensor4D | null {
  if (tf.getBackend() !== 'wasm') return null;
  const attributes = { inputShape: placed.inShape, gateActivation: activation, placed, plans };
  const read: Record<string, tf.Tensor> = activation === 'linear' ? { dy, filter } : { dy, filter, output };
  return runOwn(GATED_DEPTHWISE_INPUT_GRADIENT, read, attributes);
}

/** `DepthwiseConv2dNativeBackpropFilter`. */
export const depthwiseFilterGradientKernel: Kernel = ({ inputs: { x, dy }, attrs, backend }) => {
  const { filterShape, ...windows } = attrs as tf.DepthwiseConv2dNativeBackpropFilterAttrs;
  const info = infoOf(x.shape as Shape4D, filterShape, windows as WindowAttributes);
  return repeated(backend, x, filterShape[3], (input) => {
    const gradient = makeFloats(backend, filterShape);
    if (isEmpty(x.shape, dy.shape)) floatsOf(backend, gradient).fill(0);
    else fillFilterGradient(machineOf(backend), info, input, dy, gradient);
    return gradient;
  });
};

/** Parts that the rows of a filter's gradient are summed in, on any number of threads, for they decide the last digits. */
const PARTS = 16;

function fillFilterGradient(
  machine: Machine,
  info: Info,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  gradient: tf.TensorInfo,
): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, outChannels: channels } = info;
  const { filterHeight, filterWidth } = info;
  const rows = batchSize * outHeight;
  const ofPart = Math.ceil(rows / PARTS);
  const parts = Math.ceil(rows / ofPart);
  const taps = filterHeight * filterWidth;
  const lanes = Math.ceil(channels / 4) * 4;
  machine.lend(parts * taps * lanes * FLOAT, (sums) => {
    machine.perform(
      JobKind.depthwiseFilterGradient,
      [
        ...[batchSize, inHeight, inWidth, channels, outHeight, outWidth, channels],
        ...windowFields(info),
        ...[machine.addressOf(x), 0, 0, machine.addressOf(dy), sums, ofPart],
      ],
      parts,
    );
    const from = machine.floats(sums, parts * taps * lanes);
    const to = floatsOf(machine.backend, gradient);
    for (let tap = 0, i = 0; tap < taps; tap++) {
      for (let c = 0; c < channels; c++, i++) {
        let sum = 0;
        for (let part = 0; part < parts; part++) sum += from[(part * taps + tap) * lanes + c];
        to[i] = sum;
      }
    }
  });
}
