import { type Graph, type GraphNode, inTopologicalOrder, type Weight } from '../network-graph';
import type { AffineSpec, Statistics } from '../ops/affine';
import type { GatherSpec } from '../ops/any-rank/gather';
import type { ConvolutionSpec } from '../ops/convolution';
import type { MergeSpec } from '../ops/merge';
import { sizeOf } from '../ops/operation';
import type { SliceSpec } from '../ops/slice';

/**
 * The front of a network: everything affine that stands between the picture and what reads it first, a convolution or a
 * dense layer mostly. It is walked from the input through whatever keeps values or maps them channel by channel: resizing,
 * cropping, padding, pooling and layers of augmentation; factors and summands; slices, concatenations, sums and 1 x 1
 * convolutions that put channels in another order or make grey of them. Wherever several read the picture, all are followed.
 */
export interface Front {
  /** What is read by the first operations that are none of the front. */
  readonly ends: readonly Stage[];
  /** Batch normalisations in it. They end it: what they learned says nothing of pictures, but their statistics do. */
  readonly normalisations: readonly {
    readonly name: string;
    readonly at: Stage;
    readonly statistics: Statistics;
  }[];
  /** Where values are cut off below and above. */
  readonly bounds: readonly {
    readonly name: string;
    readonly at: Stage;
    readonly range: readonly [number, number];
  }[];
}

/** What has become of a picture's channels. */
export interface Stage {
  readonly channels: readonly Mixture[];
  /** Channels no longer lie on the last axis of their own. */
  readonly isFlat: boolean;
  /** The last node that changed numbers; null where none did. */
  readonly by: string | null;
  /** What was there before the last change; null at the beginning, and where several came together. */
  readonly before: Stage | null;
}

/** weights[i] times channel i of the picture, summed, plus the offset. */
export interface Mixture {
  readonly weights: readonly number[];
  readonly offset: number;
}

/** A constant of more numbers than a picture has is none. */
const MOST_NUMBERS = 2 ** 24;
/** Colours of a picture: no more come out of a 1 x 1 convolution that is none of the network's own. */
const COLOURS = 3;

/** @throws NetworkError where the graph has no order */
export function frontOf(graph: Graph, output: string): Front {
  const ends: Stage[] = [];
  const normalisations: Front['normalisations'][number][] = [];
  const bounds: Front['bounds'][number][] = [];
  const stages = new Map<string, Stage>([[graph.input.name, untouched(graph.input.shape[2])]]);
  for (const node of inTopologicalOrder(graph, output)) {
    const read = node.inputs.flatMap((input) => stages.get(input) ?? []);
    if (read.length === 0) continue;
    const { name, spec } = node;
    if (spec.type === 'affine' && spec.statistics) {
      normalisations.push({ name, at: read[0], statistics: spec.statistics });
      continue;
    }
    if (spec.type === 'activation' && spec.activation.name === 'clip') {
      const { minimum, maximum } = spec.activation;
      bounds.push({ name, at: read[0], range: [minimum, maximum] });
    }
    const stage = read.length === node.inputs.length ? stageAfter(node, read) : null;
    if (stage) stages.set(name, stage);
    else ends.push(...read);
  }
  return { ends, normalisations, bounds };
}

const untouched = (channels: number): Stage => ({
  channels: Array.from({ length: channels }, (_, channel) => ({
    weights: Array.from({ length: channels }, (_, i) => (i === channel ? 1 : 0)),
    offset: 0,
  })),
  isFlat: false,
  by: null,
  before: null,
});

/** What a node makes of the front; null where it is none of it. */
function stageAfter({ name, spec }: GraphNode, read: readonly Stage[]): Stage | null {
  const [stage] = read;
  switch (spec.type) {
    case 'identity':
    case 'centre-crop':
    case 'padding':
    case 'resize':
    case 'pooling':
      return stage;
    case 'affine':
      return scaled(stage, spec, name);
    case 'activation':
      if (spec.activation.name === 'negate') return mapped(stage, name, -1, 0);
      return spec.activation.name === 'linear' || spec.activation.name === 'clip' ? stage : null;
    case 'reshape':
      return laidOut(stage, spec.shape.at(-1) === stage.channels.length);
    case 'axes':
      return laidOut(stage, spec.removed.length === 0 && spec.inserted.every((axis) => axis < 2));
    case 'transpose':
      return laidOut(stage, spec.permutation.at(-1) === spec.permutation.length - 1);
    case 'slice':
      return sliced(stage, spec);
    case 'gather':
      return picked(stage, spec);
    case 'concatenate':
      return spec.axis === 2 || spec.axis === -1 ? joined(read) : null;
    case 'merge':
      return merged(read, spec.by, name);
    case 'convolution':
      return mixed(stage, spec, name);
    case 'reduce': {
      const count = stage.channels.length;
      const isGrey = spec.by === 'mean' && spec.axes.join() === '2' && !stage.isFlat;
      return isGrey
        ? { ...stage, channels: [sumOf(stage.channels, new Array(count).fill(1 / count))] }
        : null;
    }
    default:
      return null;
  }
}

/** Numbers laid out anew; a single channel stays what it is however it lies. */
const laidOut = (stage: Stage, keepsChannels: boolean): Stage =>
  keepsChannels || stage.channels.length === 1 ? stage : { ...stage, isFlat: true };

const mapped = (stage: Stage, by: string, factor: number, summand: number): Stage => ({
  ...stage,
  channels: stage.channels.map(({ weights, offset }) => ({
    weights: weights.map((weight) => weight * factor),
    offset: offset * factor + summand,
  })),
  by,
  before: stage,
});

function scaled(stage: Stage, { scale, shift }: AffineSpec<Weight>, by: string): Stage | null {
  const factors = aChannel(scale, stage, 1);
  const summands = aChannel(shift, stage, 0);
  if (!factors || !summands) return null;
  const channels = stage.channels.map(({ weights, offset }, i) => ({
    weights: weights.map((weight) => weight * factors[i]),
    offset: offset * factors[i] + summands[i],
  }));
  return { ...stage, channels, by, before: stage };
}

/** One number a channel; of what differs from place to place, a mean picture for one, the mean. */
function aChannel(weight: Weight | null, { channels, isFlat }: Stage, missing: number): number[] | null {
  const count = channels.length;
  if (!weight) return new Array(count).fill(missing);
  if (sizeOf(weight.shape) > MOST_NUMBERS) return null;
  const values = weight.read();
  const isEachItsOwn = !isFlat && weight.shape.at(-1) === count && values.length % count === 0;
  const means = Array.from({ length: count }, (_, channel) => {
    const [first, step] = isEachItsOwn ? [channel, count] : [0, 1];
    let sum = 0;
    for (let i = first; i < values.length; i += step) sum += values[i];
    return (sum * step) / values.length;
  });
  return means.every(Number.isFinite) ? means : null;
}

function sliced(stage: Stage, { begin, end, steps }: SliceSpec): Stage | null {
  const last = begin.length - 1;
  const step = steps?.[last] ?? 1;
  const block = stage.channels.slice(begin[last], end[last] ?? undefined);
  const ordered = step < 0 ? block.reverse() : block;
  const channels = ordered.filter((_, i) => i % Math.abs(step) === 0);
  if (channels.length === stage.channels.length && step === 1) return stage;
  return stage.isFlat || channels.length === 0 ? null : { ...stage, channels };
}

/** Channels in another order; rows and columns that are picked keep them as they are. */
function picked(stage: Stage, { axis, places }: GatherSpec): Stage | null {
  if (stage.isFlat) return null;
  return axis < 2 ? stage : { ...stage, channels: places.map((place) => stage.channels[place]) };
}

function joined(read: readonly Stage[]): Stage | null {
  if (read.some(({ isFlat }) => isFlat)) return null;
  return {
    channels: read.flatMap(({ channels }) => channels),
    isFlat: false,
    by: read.findLast(({ by }) => by !== null)?.by ?? null,
    before: null,
  };
}

/** Sums and differences of what comes from the picture: grey made of weighted colours, for one. */
function merged(read: readonly Stage[], by: MergeSpec['by'], name: string): Stage | null {
  const [first] = read;
  const isLinear = by === 'add' || by === 'subtract' || by === 'average';
  const isAlike = read.every(
    ({ channels, isFlat }) => channels.length === first.channels.length && isFlat === first.isFlat,
  );
  if (!isLinear || !isAlike) return null;
  const shares = read.map((_, i) =>
    by === 'average' ? 1 / read.length : by === 'subtract' && i === 1 ? -1 : 1,
  );
  const channels = first.channels.map((_, channel) =>
    sumOf(
      read.map((stage) => stage.channels[channel]),
      shares,
    ),
  );
  return { channels, isFlat: first.isFlat, by: name, before: null };
}

const sumOf = (mixtures: readonly Mixture[], shares: readonly number[]): Mixture => ({
  weights: mixtures[0].weights.map((_, i) =>
    mixtures.reduce((sum, { weights }, k) => sum + shares[k] * weights[i], 0),
  ),
  offset: mixtures.reduce((sum, { offset }, k) => sum + shares[k] * offset, 0),
});

/**
 * A 1 x 1 convolution that brings channels into another order, takes a factor of each, or makes grey of colours. Any other
 * is the network's first layer.
 */
function mixed(stage: Stage, spec: ConvolutionSpec<Weight>, by: string): Stage | null {
  const [rows, columns, depth, out] = spec.filter.shape;
  const count = stage.channels.length;
  const isSmall =
    rows === 1 && columns === 1 && out <= COLOURS && count <= COLOURS && depth * spec.groups === count;
  const isPlain = spec.activation.name === 'linear' && spec.strides.join() === '1,1';
  if (!isSmall || !isPlain || stage.isFlat || (spec.groups !== 1 && spec.groups !== out)) return null;
  const filter = spec.filter.read();
  const bias = spec.bias?.read();
  const matrix = Array.from({ length: out }, (_, to) =>
    Array.from({ length: count }, (_, from) =>
      spec.groups === 1 ? filter[from * out + to] : from === to ? filter[to] : 0,
    ),
  );
  const isOrder = matrix.every((row) => row.filter((weight) => weight !== 0).length === 1);
  const isGrey = matrix.every(
    (row) => row.every((weight) => weight >= 0) && Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 0.02,
  );
  // Of one channel everything is an order; only copies of it are surely none of the network's own.
  const isCopy = count > 1 || (!bias && filter.every((weight) => weight === filter[0]));
  if (!(isOrder || isGrey) || !isCopy) return null;
  const channels = matrix.map((row, to) => {
    const { weights, offset } = sumOf(stage.channels, row);
    return { weights, offset: offset + (bias?.[to] ?? 0) };
  });
  const isUnchanged = isOrder && !bias && matrix.flat().every((weight) => weight === 0 || weight === 1);
  return isUnchanged ? { ...stage, channels } : { ...stage, channels, by, before: stage };
}
