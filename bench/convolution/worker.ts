import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/backend/choose';
import { convolutionInputGradient } from '../../src/engine/backend/convolution-gradient';
import { switchFastConvolution } from '../../src/engine/backend/fast-convolution/running';
import type { Network, NetworkNode } from '../../src/engine/network/network';
import { convolution } from '../../src/engine/network/ops/convolution';
import { predict } from '../../src/engine/network/run';
import { backendTitle } from '../../src/engine/protocol';
import { explain } from '../../src/engine/saliency/explain';

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
  /** Timed runs of VGG-16's convolutions as one network. */
  networkRuns: number;
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
  network: { forward: Pair; gradCam: Pair } | null;
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

const VGG = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512];

/** VGG-16's convolutions with a global average and ten classes. */
function vgg(): Network {
  const nodes: NetworkNode[] = [
    {
      name: 'input',
      kind: 'input',
      inputs: [],
      shape: [224, 224, 3],
      parts: [],
      forward: ([x]) => tf.clone(x),
      backward: () => [],
    },
  ];
  let [size, channels] = [224, 3];
  const add = (kind: NetworkNode['kind'], shape: number[], node: Pick<NetworkNode, 'forward' | 'backward'>) =>
    nodes.push({
      name: `${kind} ${nodes.length}`,
      kind,
      inputs: [nodes.length - 1],
      shape,
      parts: [],
      ...node,
    });
  for (const out of VGG) {
    if (out === 0) {
      size /= 2;
      add('pooling', [size, size, channels], {
        forward: ([x]) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'),
        backward: (dy, [input], output) => [
          tf
            .engine()
            .runKernel(
              tf.MaxPoolGrad,
              { dy, input, output },
              { filterSize: [2, 2], strides: [2, 2], pad: 'valid' },
            ) as tf.Tensor,
        ],
      });
      continue;
    }
    const filter = seeded(
      [3, 3, channels, out],
      Math.sqrt(6 / (9 * channels)),
      17 + nodes.length,
    ) as tf.Tensor4D;
    const bias = tf.zeros<tf.Rank.R1>([out]);
    add(
      'convolution',
      [size, size, out],
      convolution({
        type: 'convolution',
        filter,
        bias,
        strides: [1, 1],
        padding: 'same',
        dilations: [1, 1],
        groups: 1,
        activation: { name: 'relu' },
      }),
    );
    channels = out;
  }
  const head = seeded([channels, 10], 0.1, 99) as tf.Tensor2D;
  add('dense', [10], {
    forward: ([x]) =>
      tf.tidy(() =>
        tf.matMul(tf.reshape(tf.avgPool(x as tf.Tensor4D, size, 1, 'valid'), [1, channels]), head),
      ),
    backward: (dy, [x]) => [
      tf.tidy(() =>
        tf.tile(
          tf.reshape(tf.div(tf.matMul(dy as tf.Tensor2D, head, false, true), size * size), [
            1,
            1,
            1,
            channels,
          ]),
          [1, ...(x.shape.slice(1, 3) as [number, number]), 1],
        ),
      ),
    ],
  });
  return { nodes, inputShape: [224, 224, 3], output: nodes.length - 1, head: 'logits', dispose: () => {} };
}

const unhurried = async () => {};

async function wholeNetwork(runs: number): Promise<ConvolutionResult['network']> {
  const network = vgg();
  const x = seeded([1, 224, 224, 3], 1, 7) as tf.Tensor4D;
  const layers = network.nodes.flatMap(({ kind }, i) => (kind === 'convolution' ? [i] : []));
  const options = { method: 'grad-cam' as const, layers, target: 3, checkpoint: unhurried };
  const forward: Pair = { stock: [], fast: [], difference: 0 };
  const gradCam: Pair = { stock: [], fast: [], difference: 0 };
  const maps: Record<string, Float32Array[]> = {};
  for (let run = -1; run < runs; run++) {
    for (const way of ['stock', 'fast'] as const) {
      switchFastConvolution(way === 'fast');
      let started = performance.now();
      await predict(network, x, unhurried);
      if (run >= 0) forward[way].push(performance.now() - started);
      started = performance.now();
      const explained = await explain(network, x, options);
      if (run >= 0) gradCam[way].push(performance.now() - started);
      maps[way] = explained.layers.map(({ map }) => map.values);
    }
  }
  maps.stock.forEach((map, i) => {
    const norm = Math.hypot(...map.filter((_, k) => k % 7 === 0));
    const gap = Math.hypot(...map.map((value, k) => value - maps.fast[i][k]).filter((_, k) => k % 7 === 0));
    gradCam.difference = Math.max(gradCam.difference, gap / norm);
  });
  return { forward, gradCam };
}

async function bench({ shapes, runs, networkRuns }: ConvolutionRequest): Promise<ConvolutionResult> {
  const { report } = await startBackend('wasm', new Map());
  const layers = shapes.map((shape) => layer(shape, runs));
  const network = networkRuns > 0 ? await wholeNetwork(networkRuns) : null;
  return { backend: backendTitle(report), layers, network };
}

self.onmessage = async ({ data }: MessageEvent<ConvolutionRequest>) => {
  try {
    self.postMessage({ result: await bench(data) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
