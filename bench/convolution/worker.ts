import * as tf from '@tensorflow/tfjs-core';
import { backendTitle } from '../../src/backend/backend-names';
import { startBackend } from '../../src/backend/choose-backend';
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
  /** Timed runs of every kernel. */
  runs: number;
}

export interface ConvolutionResult {
  backend: string;
  /** Milliseconds, one a run. */
  layers: { shape: Shape; forward: number[]; gradient: number[] }[];
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

/** The first run, which packs the filter, does not count. */
function time(work: () => tf.Tensor, runs: number): number[] {
  const times: number[] = [];
  for (let run = -1; run < runs; run++) {
    const started = performance.now();
    const result = work();
    if (run >= 0) times.push(performance.now() - started);
    result.dispose();
  }
  return times;
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
  const forward = time(
    () => tf.fused.conv2d({ x, filter, bias, strides: stride, pad: 'same', activation: 'relu' }),
    runs,
  );
  const gradient = time(() => convolutionInputGradient(dy, filter, x.shape, [stride, stride], 'same'), runs);
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
