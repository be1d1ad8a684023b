import * as tf from '@tensorflow/tfjs-core';
import { backendTitle } from '../../src/backend/backend-names';
import { startBackend } from '../../src/backend/choose-backend';
import { switchFastConvolution } from '../../src/backend/fast-convolution/running';
import { convolutionInputGradient } from '../../src/backend/gradients/input-gradient';

/** A convolution of a network: side of its input, channels, side of its filter, stride; padding "same". */
export interface Shape {
  name: string;
  size: number;
  channelsIn: number;
  channelsOut: number;
  kernel: number;
  stride: number;
}

export interface ConvolutionRequest {
  shapes: Shape[];
  /** Timed runs of every kernel, stock and fast in turn. */
  runs: number;
}

/** Milliseconds, one a run. */
export interface Pair {
  stock: number[];
  fast: number[];
  /** Largest difference of the two, over the largest value. */
  difference: number;
}

export interface ConvolutionResult {
  backend: string;
  layers: { shape: Shape; forward: Pair; gradient: Pair }[];
}

function seeded(shape: number[], scale: number, seed: number): tf.Tensor {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  let state = seed;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    values[i] = (state / 2 ** 31) * scale;
  }
  return tf.tensor(values, shape);
}

function time(work: () => tf.Tensor, times: number[] | null): tf.Tensor {
  const started = performance.now();
  const result = work();
  times?.push(performance.now() - started);
  return result;
}

/** Stock and fast kernels in turn. */
function pair(work: () => tf.Tensor, runs: number): Pair {
  const result: Pair = { stock: [], fast: [], difference: 0 };
  const first: tf.Tensor[] = [];
  for (let run = -1; run < runs; run++) {
    for (const way of ['stock', 'fast'] as const) {
      switchFastConvolution(way === 'fast');
      const value = time(work, run < 0 ? null : result[way]);
      if (run < 0) first.push(value);
      else value.dispose();
    }
  }
  result.difference = tf.tidy(() => {
    const gap = tf.max(tf.abs(tf.sub(first[0], first[1]))).dataSync()[0];
    return gap / tf.max(tf.abs(first[0])).dataSync()[0];
  });
  tf.dispose(first);
  return result;
}

function layer(shape: Shape, runs: number) {
  const { size, channelsIn, channelsOut, kernel, stride } = shape;
  const filter = seeded(
    [kernel, kernel, channelsIn, channelsOut],
    Math.sqrt(6 / (kernel * kernel * channelsIn)),
    3,
  ) as tf.Tensor4D;
  const bias = seeded([channelsOut], 0.1, 5) as tf.Tensor1D;
  const x = tf.tidy(() => tf.relu(seeded([1, size, size, channelsIn], 1, 7))) as tf.Tensor4D;
  const out = Math.ceil(size / stride);
  const dy = seeded([1, out, out, channelsOut], 1, 11) as tf.Tensor4D;
  const forward = pair(
    () => tf.fused.conv2d({ x, filter, bias, strides: stride, pad: 'same', activation: 'relu' }),
    runs,
  );
  const gradient = pair(() => convolutionInputGradient(dy, filter, x.shape, [stride, stride], 'same'), runs);
  tf.dispose([filter, bias, x, dy]);
  return { shape, forward, gradient };
}

async function bench({ shapes, runs }: ConvolutionRequest): Promise<ConvolutionResult> {
  const { report } = await startBackend('wasm', new Map());
  const layers = shapes.map((shape) => layer(shape, runs));
  return { backend: backendTitle(report), layers };
}

self.onmessage = async ({ data }: MessageEvent<ConvolutionRequest>) => {
  try {
    self.postMessage({ result: await bench(data) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
