import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Activation, Geometry, Job, Pair } from './fast-convolution/geometry';
import { type Machine, startMachine } from './fast-convolution/machine';
import { convolvePatches, type PackedFilter, packFilter } from './fast-convolution/patches';
import { preparedFilter } from './fast-convolution/prepared';
import type { ThreadOrder } from './fast-convolution/thread';
import { convolveTiles, type TransformedFilter, transformFilter } from './fast-convolution/winograd';

/**
 * Convolutions on WebAssembly by kernels of our own (`fast-convolution/`), three to four times as fast as those of
 * TensorFlow.js. Both functions return null where the kernels do not run: on another backend, and without SIMD.
 */

type Shape4D = [number, number, number, number];

export interface Windows {
  strides: Pair;
  padding: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  dilations?: Pair;
}

/** The activation behind which a gradient arrives: its output, of the gradient's shape. */
export interface Gate {
  output: tf.Tensor4D;
  activation: Activation;
}

/**
 * Convolution, bias and activation.
 * @param x [n, h, w, c_in]
 * @param filter [kh, kw, c_in, c_out]
 * @param bias [c_out]
 * @returns [n, oh, ow, c_out]
 */
export function convolve(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D | null,
  windows: Windows,
  activation: Activation,
): tf.Tensor4D | null {
  const running = runningMachine();
  if (!running) return null;
  const { geometry, outShape } = geometryOf(x.shape, filter, windows);
  return run(bias ? { input: x, bias } : { input: x }, {
    geometry,
    filter: prepare(running, geometry, filter),
    turned: false,
    outputShape: outShape,
    activation,
    gateActivation: 'linear',
  });
}

/**
 * Gradient of a convolution towards its input.
 * @param dy [n, oh, ow, c_out], gradient of its output, or of that of the activation behind it: see `gate`
 * @param filter [kh, kw, c_in, c_out]
 * @param inputShape [n, h, w, c_in]
 * @returns [n, h, w, c_in]
 */
export function convolveGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  windows: Windows,
  gate?: Gate,
): tf.Tensor4D | null {
  const running = runningMachine();
  if (!running) return null;
  const { geometry } = geometryOf(inputShape, filter, windows);
  return run(gate ? { input: dy, gate: gate.output } : { input: dy }, {
    geometry,
    filter: prepare(running, geometry, filter),
    turned: true,
    outputShape: inputShape,
    activation: 'linear',
    gateActivation: gate?.activation ?? 'linear',
  });
}

const KERNEL = 'FastConvolution';

let machine: Machine | null = null;

const runningMachine = () => (tf.getBackend() === 'wasm' ? machine : null);

/**
 * Puts the kernels to work in the running WebAssembly backend.
 * @param module the compiled kernels for its kind of memory
 * @param startThread starts one more thread, resolves when it is ready; left out where there are none
 */
export async function startFastConvolution(
  module: WebAssembly.Module,
  threads: number,
  startThread?: (order: ThreadOrder) => Promise<void>,
): Promise<void> {
  machine = await startMachine(tf.backend() as BackendWasm, module, threads, startThread);
  if (tf.getKernel(KERNEL, 'wasm')) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      compute(
        backend as BackendWasm,
        inputs as unknown as KernelInputs,
        attrs as unknown as KernelAttributes,
      ),
  });
}

interface KernelInputs {
  input: tf.TensorInfo;
  bias?: tf.TensorInfo;
  gate?: tf.TensorInfo;
}

interface KernelAttributes extends Pick<Job, 'turned' | 'activation'> {
  geometry: Geometry;
  filter: TransformedFilter | PackedFilter;
  outputShape: Shape4D;
  gateActivation: Activation;
}

const run = (inputs: Partial<Record<keyof KernelInputs, tf.Tensor>>, attributes: KernelAttributes) =>
  tf
    .engine()
    .runKernel(KERNEL, inputs as tf.NamedTensorMap, attributes as unknown as tf.NamedAttrMap) as tf.Tensor4D;

function compute(
  backend: BackendWasm,
  { input, bias, gate }: KernelInputs,
  attributes: KernelAttributes,
): tf.TensorInfo {
  const { geometry, filter, outputShape, gateActivation, turned, activation } = attributes;
  const output = backend.makeOutput(outputShape, 'float32');
  const gating = gate && gateActivation !== 'linear' && { values: gate, activation: gateActivation };
  const job: Job = { input, bias, gate: gating || undefined, turned, activation, output };
  if (filter.form === 'winograd') convolveTiles(machine as Machine, geometry, filter, job);
  else convolvePatches(machine as Machine, geometry, filter, job);
  return output;
}

function geometryOf(inputShape: Shape4D, filter: tf.Tensor4D, windows: Windows) {
  const { strides, padding, dilations = [1, 1] } = windows;
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, dilations, padding);
  const geometry: Geometry = {
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
  return { geometry, outShape: info.outShape as Shape4D };
}

/** The filter in the form that the faster kernel reads. */
function prepare(
  running: Machine,
  geometry: Geometry,
  filter: tf.Tensor4D,
): TransformedFilter | PackedFilter {
  const { kernel, strides, dilations } = geometry;
  const [, , channelsIn, channelsOut] = filter.shape;
  const plain = [...strides, ...dilations].every((step) => step === 1);
  if (plain && kernel[0] === 3 && kernel[1] === 3 && Math.min(channelsIn, channelsOut) >= FEWEST_CHANNELS) {
    return preparedFilter(filter, 'winograd', () => transformFilter(running, filter));
  }
  return preparedFilter(filter, 'patches', () => packFilter(running, filter));
}

/** With fewer, transforms cost more than they save. */
const FEWEST_CHANNELS = 16;
