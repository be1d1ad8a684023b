import * as tf from '@tensorflow/tfjs-core';
import type { Gate } from '../fast-convolution';
import { type Activation, activationCode, FLOAT, type Pair } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import { floatsOf, type Kernel, type KernelParameters, makeFloats } from './replace-kernel';

/**
 * Depthwise convolutions of one output for each channel, and their gradients, on the threads of our convolutions; see
 * `fast-convolution/assembly/depthwise.ts`. Several outputs of a channel are left to the kernels these stand in the place of.
 */

type Shape4D = [number, number, number, number];
type Info = tf.backend_util.Conv2DInfo;

interface WindowAttributes {
  strides: number | Pair;
  pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  dilations?: number | Pair;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The machine and the windows; null where another kernel is to do the work. */
function ownWork(
  backend: unknown,
  inputShape: Shape4D,
  filterShape: Shape4D,
  { strides, pad, dilations = 1, dimRoundingMode }: WindowAttributes,
): { machine: Machine; info: Info } | null {
  const machine = machineOf(backend);
  if (!machine || filterShape[3] !== 1) return null;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
  const isEmpty = tf.util.sizeFromShape(inputShape) * tf.util.sizeFromShape(info.outShape) === 0;
  return isEmpty ? null : { machine, info };
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

/** Rows of a task: as many tasks as keep all threads busy to the end. */
const rowsOf = (machine: Machine, rows: number) =>
  machine.threads > 1 ? Math.ceil(rows / (4 * machine.threads)) : rows;

interface Work {
  input: tf.TensorInfo;
  gate?: { values: tf.TensorInfo; activation: Activation };
  filter: tf.TensorInfo;
  turned: boolean;
  bias?: tf.TensorInfo;
  activation: Activation;
  output: tf.TensorInfo;
}

function perform(machine: Machine, info: Info, work: Work): void {
  const { input, gate, filter, turned, bias, activation, output } = work;
  const [batch, outHeight, outWidth, channels] = output.shape;
  const rows = batch * outHeight;
  const ofTask = rowsOf(machine, rows);
  machine.perform(
    JobKind.depthwise,
    [
      ...[batch, input.shape[1], input.shape[2], channels, outHeight, outWidth, channels],
      ...windowFields(info),
      machine.addressOf(input),
      gate ? machine.addressOf(gate.values) : 0,
      gate ? activationCode[gate.activation] : 0,
      machine.addressOf(filter),
      turned ? 1 : 0,
      bias ? machine.addressOf(bias) : 0,
      ...[activationCode[activation], machine.addressOf(output), ofTask],
    ],
    Math.ceil(rows / ofTask),
  );
}

/** TensorFlow.js' names of the activations that the kernels know. */
const activations: Partial<Record<string, Activation>> = { linear: 'linear', relu: 'relu', relu6: 'relu6' };

/** In the place of `DepthwiseConv2dNative`, or with bias and activation of `FusedDepthwiseConv2D`. */
export const depthwiseKernel =
  (stock: Kernel): Kernel =>
  (parameters) => {
    const { x, filter, bias } = parameters.inputs;
    const attributes = parameters.attrs as tf.FusedDepthwiseConv2DAttrs;
    const activation = activations[attributes.activation ?? 'linear'];
    const own = ownWork(parameters.backend, x.shape as Shape4D, filter.shape as Shape4D, attributes);
    const { dataFormat = 'NHWC' } = attributes;
    if (!own || !activation || dataFormat !== 'NHWC') return stock(parameters);
    if (bias && bias.size !== own.info.outChannels) return stock(parameters);
    const output = makeFloats(parameters.backend, own.info.outShape);
    perform(own.machine, own.info, { input: x, filter, bias, activation, turned: false, output });
    return output;
  };

/** In the place of `DepthwiseConv2dNativeBackpropInput`; with the input `output` and its activation also through a gate. */
export const depthwiseInputGradientKernel =
  (other: Kernel): Kernel =>
  (parameters) =>
    inputGradient(parameters) ?? other(parameters);

interface GatedAttributes extends WindowAttributes {
  inputShape: Shape4D;
  gateActivation?: Activation;
}

function inputGradient({ inputs, attrs, backend }: KernelParameters): tf.TensorInfo | null {
  const { dy, filter, output } = inputs;
  const { inputShape, gateActivation = 'linear', ...windows } = attrs as GatedAttributes;
  const own = ownWork(backend, inputShape, filter.shape as Shape4D, windows);
  if (!own) return null;
  const dx = makeFloats(backend, inputShape);
  const gate = output && { values: output, activation: gateActivation };
  perform(own.machine, own.info, {
    ...{ input: dy, gate, filter, turned: true },
    ...{ activation: 'linear', output: dx },
  });
  return dx;
}

/** Our name for the gradient of a depthwise convolution with an activation behind it. */
export const GATED_DEPTHWISE_INPUT_GRADIENT = 'GatedDepthwiseBackpropInput';

export const gatedDepthwiseInputGradientKernel: Kernel = (parameters) =>
  inputGradient(parameters) as tf.TensorInfo;

/**
 * Gradient of a depthwise convolution and the activation behind it towards the input, in one kernel.
 * @param dy gradient of the activation's output, [n, oh, ow, c]
 * @param filter [kh, kw, c, 1]
 * @param inputShape [n, h, w, c]
 * @returns [n, h, w, c]; null where another kernel is to do it
 */
export function gatedDepthwiseInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  { strides, pad, dilations }: WindowAttributes,
  gate: Gate,
): tf.Tensor4D | null {
  if (tf.getBackend() !== 'wasm') return null;
  const windows = { strides, pad, dilations };
  if (!ownWork(tf.backend(), inputShape, filter.shape, windows)) return null;
  const attributes: GatedAttributes = { ...windows, inputShape, gateActivation: gate.activation };
  return tf
    .engine()
    .runKernel(
      GATED_DEPTHWISE_INPUT_GRADIENT,
      gate.activation === 'linear' ? { dy, filter } : { dy, filter, output: gate.output },
      attributes as unknown as tf.NamedAttrMap,
    ) as tf.Tensor4D;
}

/** In the place of `DepthwiseConv2dNativeBackpropFilter`. */
export const depthwiseFilterGradientKernel =
  (other: Kernel): Kernel =>
  (parameters) => {
    const { x, dy } = parameters.inputs;
    const { filterShape, ...windows } = parameters.attrs as tf.DepthwiseConv2dNativeBackpropFilterAttrs;
    const own = ownWork(parameters.backend, x.shape as Shape4D, filterShape, windows as WindowAttributes);
    if (!own) return other(parameters);
    const gradient = makeFloats(parameters.backend, filterShape);
    fillFilterGradient(own.machine, own.info, x, dy, gradient);
    return gradient;
  };

function fillFilterGradient(
  machine: Machine,
  info: Info,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  gradient: tf.TensorInfo,
): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels, filterHeight, filterWidth } = info;
  const rows = batchSize * outHeight;
  const ofPart = rowsOf(machine, rows);
  const parts = Math.ceil(rows / ofPart);
  const taps = filterHeight * filterWidth;
  const lanes = Math.ceil(inChannels / 4) * 4;
  machine.lend(parts * taps * lanes * FLOAT, (sums) => {
    machine.perform(
      JobKind.depthwiseFilterGradient,
      [
        ...[batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, inChannels],
        ...windowFields(info),
        ...[machine.addressOf(x), 0, 0, machine.addressOf(dy), sums, ofPart],
      ],
      parts,
    );
    const from = machine.floats(sums, parts * taps * lanes);
    const to = floatsOf(machine.backend, gradient);
    for (let tap = 0, i = 0; tap < taps; tap++) {
      for (let c = 0; c < inChannels; c++, i++) {
        let sum = 0;
        for (let part = 0; part < parts; part++) sum += from[(part * taps + tap) * lanes + c];
        to[i] = sum;
      }
    }
  });
}
