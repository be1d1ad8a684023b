import * as tf from '@tensorflow/tfjs-core';
import { scalingNumbers, scalingsFor } from '../input-scaling';
import type { InputPicture, InputScaling, ScalingDoubt, ScalingNumbers } from '../protocol';
import { type BuildOptions, buildNetwork } from './build';
import type { Graph, GraphNode } from './graph';
import type { Network } from './network';
import type { Statistics } from './ops/affine';
import { forward } from './run';
import { scalePicture } from './scaling';

/**
 * Whether a guessed scaling fits: the first batch normalisation of a network remembers mean and variance of what it read in
 * training, and a picture that is scaled as in training comes near them.
 */
export interface ScalingProbe {
  /** What a picture speaks against the scaling that is used, and for another; null where it does not. */
  check(
    picture: InputPicture,
    used: ScalingNumbers,
    checkpoint: () => Promise<void>,
  ): Promise<ScalingDoubt | null>;
  dispose(): void;
}

/** Operations in front of the normalisation: a convolution, with its padding or its bias apart. */
const LONGEST_START = 4;

/*
 * Distances below the first are a single picture's own; the best scaling must be so many times nearer. Measured on MobileNet and
 * 29 photographs: no alarm for the right scaling, 24 for "0 to 1" in its place, all 29 for "Caffe BGR" and "0 to 255".
 */
const LEAST_DISTANCE = 0.1;
const TIMES_NEARER = 4;

/** A network from the picture to in front of its first batch normalisation; null where it has none near its beginning. */
export function scalingProbe(graph: Graph, options: BuildOptions): ScalingProbe | null {
  const start = beforeNormalisation(graph);
  if (!start) return null;
  const { nodes, statistics } = start;
  const end = nodes[nodes.length - 1].name;
  const network = buildNetwork(
    { input: graph.input, nodes, outputs: [end] },
    { inputSize: options.inputSize, fuse: false },
  );
  const expected = { mean: statistics.mean.read().slice(), variance: statistics.variance.read().slice() };
  return {
    async check(picture, used, checkpoint) {
      const distance = async (scaling: ScalingNumbers) =>
        medianDivergence(await moments(network, end, picture, scaling, checkpoint), expected);
      const own = await distance(used);
      if (own <= LEAST_DISTANCE) return null;
      let best: { scaling: InputScaling; distance: number } | null = null;
      for (const scaling of scalingsFor(network.inputShape[2])) {
        const its = await distance(scalingNumbers(scaling, network.inputShape[2]));
        if (its * TIMES_NEARER < own && its < (best?.distance ?? Number.POSITIVE_INFINITY)) {
          best = { scaling, distance: its };
        }
      }
      return best && { outcome: 'another', scaling: best.scaling };
    },
    dispose: () => network.dispose(),
  };
}

/** The nodes from the picture to the first batch normalisation, where nothing branches off before it. */
function beforeNormalisation(graph: Graph): { nodes: GraphNode[]; statistics: Statistics } | null {
  const nodes: GraphNode[] = [];
  let at = graph.input.name;
  while (nodes.length < LONGEST_START) {
    const readers = graph.nodes.filter(({ inputs }) => inputs.includes(at));
    const [node] = readers;
    if (readers.length !== 1 || node.inputs.length !== 1) return null;
    const { spec } = node;
    if (spec.type === 'affine' && spec.statistics) {
      return nodes.length > 0 ? { nodes, statistics: spec.statistics } : null;
    }
    const isLinear = spec.type === 'convolution' && spec.activation.name === 'linear';
    if (!isLinear && spec.type !== 'padding' && spec.type !== 'affine' && spec.type !== 'identity')
      return null;
    nodes.push(node);
    at = node.name;
  }
  return null;
}

interface Moments {
  mean: Float32Array;
  variance: Float32Array;
}

async function moments(
  network: Network,
  end: string,
  picture: InputPicture,
  scaling: ScalingNumbers,
  checkpoint: () => Promise<void>,
): Promise<Moments> {
  const [height, width, channels] = network.inputShape;
  const input = tf.tensor4d(scalePicture(picture, scaling), [1, height, width, channels]);
  const outputs = await forward(network, input, checkpoint);
  const found = tf.tidy(() =>
    tf.moments(outputs[network.nodes.findIndex(({ name }) => name === end)], [0, 1, 2]),
  );
  try {
    const [mean, variance] = await Promise.all([found.mean.data(), found.variance.data()]);
    return { mean: mean as Float32Array, variance: variance as Float32Array };
  } finally {
    tf.dispose([...outputs, found.mean, found.variance, input]);
  }
}

/** Added to variances, as Keras does by default: channels that are always zero tell nothing. */
const EPSILON = 1e-3;

/**
 * Kullback-Leibler divergence of a picture's channels from those of training, each taken as normal; the median, since single
 * channels look for what a single picture need not hold.
 */
function medianDivergence(found: Moments, expected: Moments): number {
  const divergences = Array.from(expected.mean, (mean, channel) => {
    const [own, trained] = [found.variance[channel] + EPSILON, expected.variance[channel] + EPSILON];
    return 0.5 * (Math.log(trained / own) + (own + (found.mean[channel] - mean) ** 2) / trained - 1);
  }).sort((a, b) => a - b);
  return divergences[Math.floor(divergences.length / 2)];
}
