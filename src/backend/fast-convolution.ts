import * as tf from '@tensorflow/tfjs-core';
import { fastestForm } from './fast-convolution/choose-kernel';
import type { Activation, Geometry, Job, Pair } from './fast-convolution/geometry';
import { convolveGroups } from './fast-convolution/grouped-kernel';
import type { Machine } from './fast-convolution/machine';
import { convolvePatches } from './fast-convolution/patch-kernel';
import type { Form } from './fast-convolution/prepared';
import { machineOf } from './fast-convolution/running';
import { convolveTiles, convolveTilesByTaps } from './fast-convolution/winograd-kernel';
import { withActivation, withBias } from './kernels/fused-activations';
import { type Kernel, type KernelParameters, makeFloats, runOwn } from './kernels/replace-kernel';

/** Convolutions on WebAssembly, by the kernels in `fast-convolution/`. */

type Shape4D = [number, number, number, number];
type Padding = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

/** `Conv2D`: inputs x and filter. */
export const convolutionKernel: Kernel = (parameters) => convolve(parameters, 'linear');

/** `FusedConv2D`: with bias and activation. */
export const fusedConvolutionKernel: Kernel = (parameters) =>
  withActivation(parameters, (activation) => convolve(parameters, activation));

function convolve(
  { inputs, attrs, backend }: KernelParameters,
  activation: Activation,
  forTraining = false,
): tf.TensorInfo {
  const { x, filter, bias } = inputs;
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attrs as tf.Conv2DAttrs;
  if (dataFormat !== 'NHWC') throw new Error(`Maps of ${dataFormat} are not convolved on WebAssembly.`);
  const { geometry, outShape } = windowsOf(
    x.shape as Shape4D,
    filter.shape as Shape4D,
    strides,
    pad,
    dilations,
    dimRoundingMode,
  );
  return withBias(backend, bias, outShape[3], (vector) => {
    const job = { geometry, filter, input: x, bias: vector, activation, turned: false };
    return compute(backend, outShape, job, forTraining);
  });
}

/** Our name for a convolution with bias and activation within a training step. */
export const TRAINING_CONVOLUTION = 'TrainingConv2D';

/** Like `FusedConv2D`, and by Winograd's products also where channels are few. */
export const trainingConvolutionKernel: Kernel = (parameters) =>
  convolve(parameters, (parameters.attrs as { activation: Activation }).activation, true);

/** `Conv2DBackpropInput`: inputs dy and filter. */
export const convolutionInputGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { dy, filter } = inputs;
  const { inputShape, strides, pad } = attrs as tf.Conv2DBackpropInputAttrs;
  const { geometry } = windowsOf(inputShape, filter.shape as Shape4D, strides, pad, 1);
  return compute(backend, inputShape, { geometry, filter, input: dy, activation: 'linear', turned: true });
};

/** The activation behind which a gradient arrives. */
export interface Gate {
  /** Its output, of the gradient's shape. */
  output: tf.Tensor4D;
  activation: Activation;
}

/** Our names for a convolution in any number of groups, with bias and activation, and for its gradient behind an activation. */
export const GROUPED_CONVOLUTION = 'GroupedConv2D';
export const GROUPED_INPUT_GRADIENT = 'GroupedConv2DBackpropInput';

/** A convolution in groups, or in one: `filter` is [kh, kw, c_in / groups, c_out], output channels of a group side by side. */
export interface Groups {
  filter: tf.Tensor4D;
  groups: number;
  strides: Pair;
  padding: Padding;
  /** Of one group alone. */
  dilations?: Pair;
}

interface GroupedAttributes {
  groups: number;
  geometry: Geometry;
  outShape: Shape4D;
  activation: Activation;
}

/** From here on each group is computed by itself: wide enough for Winograd's products, see `choose-kernel.ts`. */
const WIDEST_GROUP = 48;

/** Whether one kernel computes all groups; else they are computed one by one. */
export const areGroupsTogether = ({ filter: { shape }, groups }: Pick<Groups, 'filter' | 'groups'>) =>
  tf.getBackend() === 'wasm' && (groups === 1 || Math.max(shape[2], shape[3] / groups) < WIDEST_GROUP);

/** A convolution in groups over maps of one shape, [n, h, w, c_in]. */
export interface PlacedGroups extends Groups, Windows {
  inputShape: Shape4D;
}

/** Where the windows of a convolution in groups lie; asked for once by who convolves many maps of one shape. */
export function placeGroups(inputShape: Shape4D, windows: Groups): PlacedGroups {
  const { filter, groups, strides, padding, dilations = 1 } = windows;
  const [rows, columns, depth, out] = filter.shape;
  const filterShape: Shape4D = [rows, columns, depth * groups, out];
  const { geometry, outShape } = windowsOf(inputShape, filterShape, strides, padding, dilations);
  return { ...windows, inputShape, outShape, geometry: { ...geometry, plans: {} } };
}

/** The convolution of x with bias and activation. */
export function groupedConvolution(
  x: tf.Tensor4D,
  { filter, groups, geometry, outShape }: PlacedGroups,
  activation: Activation,
  bias?: tf.Tensor1D,
): tf.Tensor4D {
  const attributes: GroupedAttributes = { groups, geometry, outShape, activation };
  return runOwn(GROUPED_CONVOLUTION, bias ? { x, filter, bias } : { x, filter }, attributes);
}

/**
 * The activation of the convolution of x with bias and of a map that is added to it.
 * @param summand of the shape of the output
 * @returns null where no one kernel does all of it
 */
export function convolutionOnto(
  summand: tf.Tensor4D,
  x: tf.Tensor4D,
  { filter, groups, geometry, outShape }: PlacedGroups,
  activation: Activation,
  bias?: tf.Tensor1D,
): tf.Tensor4D | null {
  if (!addsMaps({ filter, groups, geometry }, outShape, false)) return null;
  if (!tf.util.arraysEqual(summand.shape, outShape)) return null;
  const attributes: GroupedAttributes = { groups, geometry, outShape, activation };
  const read = { x, filter, summand };
  return runOwn(GROUPED_CONVOLUTION, bias ? { ...read, bias } : read, attributes);
}

/** Whether the fastest kernel of a convolution adds maps to its sums. */
const addsMaps = (
  { filter, groups, geometry }: Pick<PlacedGroups, 'filter' | 'groups' | 'geometry'>,
  shape: Shape4D,
  turned: boolean,
) => groups === 1 && tf.getBackend() === 'wasm' && formFor(shape, { geometry, filter, turned }) !== 'given';

/** Its gradient towards the input from dy behind a gate; where a map is added, in one group, see `inputGradientOnto`. */
export function groupedInputGradient(
  dy: tf.Tensor4D,
  { filter, groups, geometry, inputShape }: PlacedGroups,
  gate?: Gate,
  added?: { summand: tf.Tensor4D },
): tf.Tensor4D {
  const activation = gate?.activation ?? 'linear';
  const attributes: GroupedAttributes = { groups, geometry, outShape: inputShape, activation };
  return runOwn(GROUPED_INPUT_GRADIENT, { ...readOf(gate), ...added, dy, filter }, attributes);
}

const readOf = (gate?: Gate): Record<string, tf.Tensor> =>
  gate && gate.activation !== 'linear' ? { output: gate.output } : {};

/**
 * Its gradient towards the input, added to what others hand to that.
 * @param summand of the shape of the input
 * @returns null where no one kernel does both
 */
export const inputGradientOnto = (
  summand: tf.Tensor4D,
  dy: tf.Tensor4D,
  placed: PlacedGroups,
  gate?: Gate,
): tf.Tensor4D | null =>
  addsMaps(placed, placed.inputShape, true) ? groupedInputGradient(dy, placed, gate, { summand }) : null;

/** Inputs x, filter, bias and summand. */
export const groupedConvolutionKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { x, filter, bias, summand } = inputs;
  const { groups, geometry, outShape, activation } = attrs as GroupedAttributes;
  const job = { geometry, filter, input: x, bias, summand, activation, turned: false };
  return computeGroups(backend, outShape, job, groups);
};

/** Inputs dy, filter, the output of the activation behind the convolution, and summand. */
export const groupedInputGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { dy, filter, output, summand } = inputs;
  const { groups, geometry, outShape, activation } = attrs as GroupedAttributes;
  const gate = output && { values: output, activation };
  const job = { geometry, filter, input: dy, gate, summand, activation: 'linear' as const, turned: true };
  return computeGroups(backend, outShape, job, groups);
};

function computeGroups(
  backend: unknown,
  shape: Shape4D,
  job: Omit<Job, 'output'>,
  groups: number,
): tf.TensorInfo {
  if (groups === 1) return compute(backend, shape, job);
  const output = makeFloats(backend, shape);
  if (tf.util.sizeFromShape(shape) > 0) convolveGroups(machineOf(backend), { ...job, output }, groups);
  return output;
}

const performers: Record<Form, (machine: Machine, job: Job) => void> = {
  winograd: convolveTiles,
  taps: convolveTilesByTaps,
  patches: convolvePatches,
  given: (machine, job) => convolveGroups(machine, job, 1),
};

function compute(
  backend: unknown,
  shape: Shape4D,
  job: Omit<Job, 'output'>,
  forTraining = false,
): tf.TensorInfo {
  const form = formFor(shape, job, forTraining);
  const output = makeFloats(backend, shape);
  if (tf.util.sizeFromShape(shape) > 0) performers[form](machineOf(backend), { ...job, output });
  return output;
}

/** The form of the filter for the fastest kernel. */
function formFor(
  [batch, height, width]: Shape4D,
  { geometry, filter, turned }: Pick<Job, 'geometry' | 'filter' | 'turned'>,
  forTraining = false,
): Form {
  const [, , channelsIn, channelsOut] = filter.shape;
  return fastestForm({ geometry, batch, height, width, channelsIn, channelsOut, turned, forTraining });
}

interface Windows {
  geometry: Geometry;
  outShape: Shape4D;
}

function windowsOf(
  inputShape: Shape4D,
  filterShape: Shape4D,
  strides: number | Pair,
  padding: Padding,
  dilations: number | Pair,
  rounding?: 'floor' | 'round' | 'ceil',
): Windows {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    padding,
    rounding,
  );
  const geometry: Geometry = {
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
  return { geometry, outShape: info.outShape as Shape4D };
}
