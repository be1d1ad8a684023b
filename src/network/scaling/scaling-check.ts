import * as tf from '@tensorflow/tfjs-core';
import type { InputPicture } from '../../picture/picture';
import { type BuildOptions, buildNetwork } from '../build';
import type { Network } from '../network';
import { type Graph, type GraphNode, inTopologicalOrder } from '../network-graph';
import type { Statistics } from '../ops/affine';
import { forward } from '../run-network';
import { scalingNumbers, scalingsFor } from './chosen-scaling';
import { firstLayerCheck } from './first-layer-check';
import { foldedProbe } from './folded-check';
import type { InputScaling, ScalingNumbers } from './input-scaling';
import { scalePicture } from './scaling';
import type { ScalingProbe } from './scaling-probe';

/** Nodes in front of the normalisation that is asked: the deeper it lies, the more its numbers tell of what lies between. */
const LONGEST_START = 12;

/*
 * Distances below the first are a single picture's own; the best scaling must be so many times nearer. Measured on MobileNet and
 * 29 photographs: no alarm for the right scaling, 24 for "0 to 1" in its place, all 29 for "Caffe BGR" and "0 to 255".
 * Behind an activation a picture's own distance is up to 0.5 (its second, third and fourth normalisation, the first being folded
 * into its convolution): with that for a limit there is no alarm for the right scaling either, there are 4 to 19 for "0 to 1", and
 * all 29 for "Caffe BGR" and "0 to 255". In between, such a normalisation cannot tell.
 */
const LEAST_DISTANCE = 0.1;
const LEAST_DISTANCE_BEHIND_ACTIVATION = 0.5;
const TIMES_NEARER = 4;

const TOO_DEEP = 'What is left in the network to check it by fits other scalings too.';

/**
 * The check by the first batch normalisation that is left, else by the first layer and the output. Weights are read at once, before the network
 * is built that it is to be asked of.
 */
export function scalingProbe(graph: Graph, options: BuildOptions): PreparedProbe {
  const own = normalisationProbe(graph, options);
  if (own) return { of: () => own, dispose: own.dispose };
  const firstLayer = firstLayerCheck(graph, options);
  return { of: (network) => foldedProbe(firstLayer, network), dispose() {} };
}

/** A check whose network is still to be built. */
export interface PreparedProbe {
  of(network: Network): ScalingProbe;
  /** Frees what it holds, where no network comes of it. */
  dispose(): void;
}

/**
 * The first batch normalisation of a network remembers mean and variance of what it read in training, and a picture that is
 * scaled as in training comes near them. Null where none lies near the beginning.
 */
export function normalisationProbe(graph: Graph, options: BuildOptions): ScalingProbe | null {
  const start = beforeNormalisation(graph, options.output ?? graph.outputs[0]);
  if (!start) return null;
  const { nodes, end, statistics } = start;
  const isClear = nodes.every(({ spec }) => isLinear(spec));
  const network = buildNetwork(
    { input: graph.input, nodes, outputs: [end] },
    { inputSize: options.inputSize, fuse: false },
  );
  const channels = network.inputShape[2];
  const expected = { mean: statistics.mean.read().slice(), variance: statistics.variance.read().slice() };
  return {
    async check(picture, used, checkpoint) {
      const distance = async (scaling: ScalingNumbers) =>
        medianDivergence(await moments(network, end, picture, scaling, checkpoint), expected);
      const own = await distance(used);
      if (own <= LEAST_DISTANCE) return null;
      if (!isClear && own <= LEAST_DISTANCE_BEHIND_ACTIVATION) {
        return { outcome: 'unknown', scaling: null, reason: TOO_DEEP };
      }
      let best: { scaling: InputScaling; distance: number } | null = null;
      for (const scaling of scalingsFor(channels)) {
        const its = await distance(scalingNumbers(scaling, channels));
        if (its * TIMES_NEARER < own && its < (best?.distance ?? Number.POSITIVE_INFINITY)) {
          best = { scaling, distance: its };
        }
      }
      return best && { outcome: 'another', scaling: best.scaling };
    },
    dispose: () => network.dispose(),
  };
}

/** The nodes from the picture to the first batch normalisation that learned anything, and what it reads. */
function beforeNormalisation(
  graph: Graph,
  output: string,
): { nodes: GraphNode[]; end: string; statistics: Statistics } | null {
  const before = new Map<string, ReadonlySet<GraphNode>>([[graph.input.name, new Set()]]);
  for (const node of inTopologicalOrder(graph, output)) {
    const ancestors = new Set(node.inputs.flatMap((input) => [...(before.get(input) ?? [])]));
    if (ancestors.size > LONGEST_START) return null;
    const { spec } = node;
    if (spec.type === 'affine' && spec.statistics && hasLearned(spec.statistics)) {
      const [read] = node.inputs;
      // A network needs a layer: in front of a normalisation that reads the picture itself, one that does nothing.
      const end = ancestors.size > 0 ? read : `${read}, as it comes`;
      const nodes: GraphNode[] =
        ancestors.size > 0 ? [...ancestors] : [{ name: end, inputs: [read], spec: { type: 'identity' } }];
      return { nodes, end, statistics: spec.statistics };
    }
    before.set(node.name, new Set([...ancestors, node]));
  }
  return null;
}

/** What keeps differences between scalings as they are. */
const isLinear = (spec: GraphNode['spec']) =>
  spec.type === 'convolution'
    ? spec.activation.name === 'linear'
    : ['padding', 'affine', 'identity', 'resize', 'slice', 'gather', 'concatenate'].includes(spec.type);

const hasLearned = ({ mean, variance }: Statistics) =>
  mean.read().some((value) => value !== 0) || variance.read().some((value) => value !== 1);

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
