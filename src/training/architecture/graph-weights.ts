import { type Graph, type GraphNode, inTopologicalOrder, type Weight } from '../../network/network-graph';
import { isPerChannel } from '../../network/weights';
import type { Architecture } from './architecture';
import type { NamedWeight } from './named-weight';
import { batchNormalisation, type Layer, layoutOf } from './parameter-layout';

/** What of a loaded network's weights an architecture can start from. */
export interface FoundWeights {
  /** Of the layers that fit; the others begin at random. */
  weights: NamedWeight[];
  /** Names of the layers whose weights were found. */
  fitted: string[];
  /** Names of the layers with weights that the network has nothing for. */
  missing: string[];
}

/** A convolution or dense layer of a graph with the normalisation behind it. */
interface Source {
  name: string;
  /** Filter [kh, kw, c_in, c_out] or matrix [c_in, c_out]. */
  weight: Weight;
  bias: Weight | null;
  scale: Weight | null;
  shift: Weight | null;
}

/**
 * Weights of a loaded network for an architecture: layers are matched by name and shape, or, where no name is known, in order by
 * shape. A normalisation comes out with mean 0 and variance 1 less epsilon: it computes what it did, but its statistics are
 * folded into its scale and offset.
 */
export function weightsFromGraph(architecture: Architecture, graph: Graph): FoundWeights {
  const targets = layoutOf(architecture).layers.filter(
    ({ kind }) => kind === 'convolution' || kind === 'depthwise' || kind === 'dense',
  );
  const sources = sourcesOf(graph);
  const fits = (target: Layer, source: Source) =>
    source.weight.shape.join() === target.weights[0].shape.join();
  const byName = new Map(sources.map((source) => [source.name, source]));
  const named = targets.some(({ name }) => byName.has(name));
  const found: FoundWeights = { weights: [], fitted: [], missing: [] };
  let next = 0;
  for (const target of targets) {
    let source = byName.get(target.name);
    if (!named) {
      const place = sources.findIndex((each, index) => index >= next && fits(target, each));
      source = sources[place];
      if (source) next = place + 1;
    }
    if (source && fits(target, source)) {
      found.weights.push(...weightsFor(target, source, architecture.batchNorm));
      found.fitted.push(target.name);
    } else {
      found.missing.push(target.name);
    }
  }
  return found;
}

/** Convolutions without groups or of every channel by itself, and dense layers, in topological order. */
function sourcesOf(graph: Graph): Source[] {
  const ordered = inTopologicalOrder(graph, graph.outputs[0]);
  return ordered.flatMap((node): Source[] => {
    const { spec, name } = node;
    if (spec.type === 'dense') {
      return [{ name, weight: spec.kernel, bias: spec.bias, scale: null, shift: null }];
    }
    if (spec.type !== 'convolution') return [];
    const weight = asInArchitecture(spec);
    if (!weight) return [];
    const channels = spec.filter.shape[3];
    const behind = onlyReader(ordered, name);
    const affine = behind?.spec.type === 'affine' ? behind.spec : null;
    const usable = [affine?.scale, affine?.shift].every((each) => !each || isPerChannel(each, channels));
    const [scale, shift] = affine && usable ? [affine.scale, affine.shift] : [null, null];
    return [{ name, weight, bias: spec.bias, scale, shift }];
  });
}

/** The filter in the shape that an architecture has it in; null for one that no architecture has. */
function asInArchitecture({ filter, groups }: { filter: Weight; groups: number }): Weight | null {
  if (groups === 1) return filter;
  const [rows, columns, depth, channels] = filter.shape;
  const isDepthwise = depth === 1 && channels === groups;
  return isDepthwise ? { shape: [rows, columns, channels, 1], read: () => filter.read() } : null;
}

function onlyReader(nodes: readonly GraphNode[], name: string): GraphNode | null {
  const readers = nodes.filter(({ inputs }) => inputs.includes(name));
  return readers.length === 1 ? readers[0] : null;
}

function weightsFor(target: Layer, source: Source, batchNorm: boolean): NamedWeight[] {
  const { name, kind, shape } = target;
  const channels = shape[shape.length - 1];
  const perChannel = (weight: Weight | null, missing: number): Float32Array => {
    const values = weight?.read() ?? Float32Array.of(missing);
    return Float32Array.from({ length: channels }, (_, i) => values[values.length === 1 ? 0 : i]);
  };
  const weight = (role: string, of: number[], values: Float32Array): NamedWeight => ({
    name: `${name}/${role}`,
    shape: of,
    values,
  });
  const values = Float32Array.from(source.weight.read());
  const bias = perChannel(source.bias, 0);
  const scale = perChannel(source.scale, 1);
  const shift = perChannel(source.shift, 0);
  const offset = shift.map((value, i) => value + bias[i] * scale[i]);
  const weightShape = [...source.weight.shape];
  if (kind === 'dense') return [weight('matrix', weightShape, values), weight('bias', [channels], bias)];
  if (!batchNorm) {
    const scaled = values.map((value, i) => value * scale[i % channels]);
    return [weight('filter', weightShape, scaled), weight('bias', [channels], offset)];
  }
  return [
    weight('filter', weightShape, values),
    weight('scale', [channels], scale),
    weight('offset', [channels], offset),
    weight('mean', [channels], new Float32Array(channels)),
    weight('variance', [channels], new Float32Array(channels).fill(1 - batchNormalisation.epsilon)),
  ];
}
