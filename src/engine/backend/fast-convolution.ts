import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Activation, Padding } from './fast-convolution/geometry';
import { type Machine, startMachine } from './fast-convolution/machine';
import { preparedFilter } from './fast-convolution/prepared';
import type { ThreadOrder } from './fast-convolution/thread';
import { convolveTiles, type TransformedFilter, transformFilter } from './fast-convolution/winograd';

/**
 * Convolutions on WebAssembly by kernels of our own (`fast-convolution/`), where they are faster than TensorFlow.js'.
 * Without them (no SIMD, another backend, another shape) both functions say so by null.
 */

type Shape4D = [number, number, number, number];

export interface ConvolutionGeometry {
  strides: [number, number];
  padding: Padding;
  dilations?: [number, number];
}

/** The activation behind which a gradient arrives: its output, of the gradient's shape. */
export interface Gate {
  output: tf.Tensor4D;
  activation: Activation;
}

let machine: Machine | null = null;

/**
 * Puts the kernels to work in the running WebAssembly backend.
 * @param module the compiled kernels for its kind of memory
 * @param startThread starts one more thread; left out where there are none
 */
export async function startFastConvolution(
  module: WebAssembly.Module,
  threads: number,
  startThread?: (order: ThreadOrder) => void,
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

const KERNEL = 'FastConvolution';

interface KernelInputs {
  input: tf.TensorInfo;
  bias?: tf.TensorInfo;
  gate?: tf.TensorInfo;
}

interface KernelAttributes {
  filter: TransformedFilter;
  turned: boolean;
  outputShape: Shape4D;
  top: number;
  left: number;
  activation: Activation;
  gateActivation: Activation;
}

function compute(backend: BackendWasm, inputs: KernelInputs, attributes: KernelAttributes): tf.TensorInfo {
  const { outputShape, gateActivation, ...job } = attributes;
  const output = backend.makeOutput(outputShape, 'float32');
  const gate = inputs.gate && { values: inputs.gate, activation: gateActivation };
  convolveTiles(machine as Machine, { ...job, input: inputs.input, bias: inputs.bias, gate, output });
  return output;
}

const run = (inputs: Partial<Record<keyof KernelInputs, tf.Tensor>>, attributes: KernelAttributes) =>
  tf
    .engine()
    .runKernel(KERNEL, inputs as tf.NamedTensorMap, attributes as unknown as tf.NamedAttrMap) as tf.Tensor4D;

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
  { strides, padding, dilations = [1, 1] }: ConvolutionGeometry,
  activation: Activation,
): tf.Tensor4D | null {
  const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, padding);
  const transformed = transformedFor(info, filter);
  if (!transformed) return null;
  return run(bias ? { input: x, bias } : { input: x }, {
    filter: transformed,
    turned: false,
    outputShape: info.outShape as Shape4D,
    top: info.padInfo.top,
    left: info.padInfo.left,
    activation,
    gateActivation: 'linear',
  });
}

/**
 * Gradient of a convolution towards its input.
 * @param dy gradient of its output, [n, oh, ow, c_out], or of the output of the activation behind it: see `gate`
 * @param filter [kh, kw, c_in, c_out]
 * @param inputShape [n, h, w, c_in]
 */
export function convolveGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  { strides, padding, dilations = [1, 1] }: ConvolutionGeometry,
  gate?: Gate,
): tf.Tensor4D | null {
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, dilations, padding);
  const transformed = transformedFor(info, filter);
  if (!transformed) return null;
  return run(gate ? { input: dy, gate: gate.output } : { input: dy }, {
    filter: transformed,
    turned: true,
    outputShape: inputShape,
    top: 2 - info.padInfo.top,
    left: 2 - info.padInfo.left,
    activation: 'linear',
    gateActivation: gate?.activation ?? 'linear',
  });
}

function transformedFor(info: tf.backend_util.Conv2DInfo, filter: tf.Tensor4D): TransformedFilter | null {
  const running = machine;
  if (!running || tf.getBackend() !== 'wasm') return null;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  if (filterHeight !== 3 || filterWidth !== 3 || strideHeight * strideWidth !== 1) return null;
  if (dilationHeight * dilationWidth !== 1) return null;
  return preparedFilter(filter, 'winograd', () => transformFilter(running, filter));
}
