import type { Graph, Weight } from '../network-graph';
import type { ConvolutionSpec } from '../ops/convolution';
import type { PlannedNode } from '../optimise';
import { type BuildOptions, planNetwork } from '../plan';
import { scalingNumbers, scalingsFor } from './chosen-scaling';
import type { InputScaling, ScalingNumbers } from './input-scaling';

/**
 * Whether a scaling fits a network whose normalisations are folded into its layers, as far as the first convolution can tell.
 *
 * A unit w . x + b in front of an activation that bends at 0 is of use only if some picture makes it positive and some other
 * negative. What a unit can come to is known exactly: between b plus the sum of the smaller and b plus the sum of the larger of
 * w * black and w * white. Where 90 % of the units cannot change their sign whatever the picture, the layer is linear for every
 * picture there is, and what it was trained on was larger. That cannot happen with the right scaling, so there are no false
 * alarms.
 *
 * It tells sizes apart, no more. Measured on 14 trained networks (MobileNet v1 and v2, Inception v3, a YOLOv8, three of
 * PaddleOCR, Yahoo's open_nsfw, mini-Xception, photos10 and four trained for this on Imagenette): with the right scaling 0 to 43 %
 * of the units are stuck. With "0 to 1", "-1 to 1" and ImageNet's in place of larger values it is 98, 98 and 94 % in open_nsfw
 * (Caffe), 100, 100 and 88 % in one trained on 0 to 255, and 63, 31 and 6 % in one trained as Caffe: five of nine are found.
 * Between 0 to 1, -1 to 1 and ImageNet's, which differ by a factor of up to 4.4, it does not tell: medians of mean by deviation of
 * the responses to 29 photographs are 0.4 to 6.3 with the right one and 0.2 to 12.7 with the wrong ones, and MobileNet's would be
 * usual with the wrong ones only. No statistic of a folded first layer was found that tells these apart.
 */
export interface FirstLayerCheck {
  /** Share of the first layer's units, 0 to 1, that no picture can switch when it is scaled so. */
  stuck(scaling: ScalingNumbers): number;
  /** The scaling with which units can be switched, where they cannot with the one in use; null where all is well. */
  better(used: ScalingNumbers): InputScaling | null;
}

const STUCK = 0.9;
const FREE = 0.5;
/** Shares of units that differ by less tell nothing. */
const AS_FEW = 0.1;
/** Fewer are no sample. */
const LEAST_UNITS = 4;
/** Units whose weights are smaller than this share of the usual are as good as gone. */
const LIVE_SHARE = 0.05;

/** Activations that do something else below zero than above. */
const bending = new Set([
  ...['relu', 'relu6', 'leaky-relu', 'prelu', 'elu', 'selu'],
  ...['swish', 'hard-swish', 'gelu', 'gelu-tanh', 'mish'],
]);

/** What gates a swish that is spelled out. */
const gates = new Set(['sigmoid', 'hard-sigmoid', 'relu6', 'clip']);

/** Null where the first layer is no convolution with such an activation behind it. */
export function firstLayerCheck(graph: Graph, options: BuildOptions): FirstLayerCheck | null {
  const found = firstConvolution(graph, planNetwork(graph, { ...options, fuse: true }).ended.nodes);
  if (!found) return null;
  const units = unitsOf(found);
  const lengths = units.map(({ length }) => length).filter((length) => length > 0);
  const usual = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
  const live = units.filter(({ length }) => length > LIVE_SHARE * usual);
  if (live.length < LEAST_UNITS) return null;
  const stuck = (scaling: ScalingNumbers) =>
    live.filter((unit) => !canSwitch(unit, scaling)).length / live.length;
  return {
    stuck,
    better(used) {
      if (stuck(used) < STUCK) return null;
      const channels = graph.input.shape[2];
      const shares = scalingsFor(channels).map((scaling) => ({
        scaling,
        share: stuck(scalingNumbers(scaling, channels)),
      }));
      const least = Math.min(...shares.map(({ share }) => share));
      // Where several leave about as few, the last: whole bytes.
      const near = shares.filter(({ share }) => share <= Math.min(FREE, least + AS_FEW));
      return near.at(-1)?.scaling ?? null;
    },
  };
}

/** The convolution that reads the picture, with nothing in between that changes numbers; null where there is no single one. */
function firstConvolution(graph: Graph, nodes: readonly PlannedNode[]): ConvolutionSpec<Weight> | null {
  let at = graph.input.name;
  for (;;) {
    // A constant of the graph is no more than laid beside the picture.
    const readers = nodes.filter(({ inputs, spec: { type } }) => inputs.includes(at) && type !== 'constant');
    const [{ name, spec }] = readers.length === 1 ? readers : [{ name: '', spec: null }];
    if (spec?.type === 'convolution' && spec.groups === 1) {
      const bends =
        bending.has(spec.activation.name) || (spec.activation.name === 'linear' && isBent(nodes, name));
      return bends ? spec : null;
    }
    if (spec?.type !== 'padding' && spec?.type !== 'resize' && spec?.type !== 'identity') return null;
    at = name;
  }
}

/** Whether what a node yields is read by such an activation alone, or by a swish spelled out: the product of it and its own gate. */
function isBent(nodes: readonly PlannedNode[], name: string): boolean {
  const behind = nodes.filter(({ inputs }) => inputs.includes(name));
  const [next] = behind;
  if (behind.length === 1) return next.spec.type === 'activation' && bending.has(next.spec.activation.name);
  /** What is made of it number by number; true where a gate is. */
  const made = new Map([[name, false]]);
  let isProduct = false;
  for (const { name: own, inputs, spec } of nodes) {
    const read = inputs.map((input) => made.get(input));
    if (spec.type === 'merge' && spec.by === 'multiply' && read.every((each) => each !== undefined)) {
      isProduct ||= read.includes(true) && read.includes(false);
    } else if (spec.type === 'affine' && read[0] !== undefined) {
      made.set(own, read[0]);
    } else if (spec.type === 'activation' && gates.has(spec.activation.name) && read[0] === false) {
      made.set(own, true);
    } else if (inputs.includes(name)) return false;
  }
  return isProduct;
}

interface Unit {
  /** A row of weights a channel. */
  readonly weights: readonly (readonly number[])[];
  readonly bias: number;
  /** Euclidean length of the weights. */
  readonly length: number;
}

function unitsOf({ filter, bias }: ConvolutionSpec<Weight>): Unit[] {
  const [rows, columns, channels, out] = filter.shape;
  const values = filter.read();
  const biases = bias?.read();
  return Array.from({ length: out }, (_, unit) => {
    const weights = Array.from({ length: channels }, (_, channel) =>
      Array.from({ length: rows * columns }, (_, place) => values[(place * channels + channel) * out + unit]),
    );
    const length = Math.hypot(...weights.flat());
    return { weights, bias: biases?.[unit] ?? 0, length };
  });
}

function canSwitch({ weights, bias }: Unit, { factor, offset }: ScalingNumbers): boolean {
  let [least, most] = [bias, bias];
  weights.forEach((row, channel) => {
    const [black, white] = [offset[channel], 255 * factor[channel] + offset[channel]];
    for (const weight of row) {
      least += Math.min(weight * black, weight * white);
      most += Math.max(weight * black, weight * white);
    }
  });
  return least < 0 && most > 0;
}
