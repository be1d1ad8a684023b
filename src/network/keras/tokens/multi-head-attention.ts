import type { Weight } from '../../network-graph';
import { linear } from '../../ops/activation';
import { type Shape, sizeOf } from '../../ops/operation';
import { reshapedWeight, scalarWeight } from '../../weights';
import { type Argument, type Call, Numbers, Read, readsOf } from '../calls';
import type { LayerConfig } from '../layer-config';
import type { Parts } from '../steps';
import { PartList } from './part-list';

/** Parts of an attention layer: what the file calls its dense layers, over the years. */
const sublayers = {
  query: ['query', 'query_dense', '_query_dense'],
  key: ['key', 'key_dense', '_key_dense'],
  value: ['value', 'value_dense', '_value_dense'],
  output: ['attention_output', 'output_dense', '_output_dense'],
};

/** Numbers of the inputs that are queries, values and keys; keys are the values where none are given. */
function inputsOf(layer: LayerConfig, { args, kwargs }: Call) {
  let next = 0;
  const places = new Map<string, number>();
  const place = (name: string, value: Argument) => {
    if (value instanceof Read) places.set(name, next++);
  };
  args.forEach((value, i) => {
    place(['query', 'value', 'key'][i] ?? `argument ${i + 1}`, value);
  });
  for (const [name, value] of Object.entries(kwargs)) place(name, value);
  const query = places.get('query');
  const value = places.get('value');
  const isPlain = [...places.keys()].every((name) => ['query', 'value', 'key'].includes(name));
  if (query === undefined || value === undefined || next !== readsOf({ args, kwargs }).length || !isPlain) {
    throw layer.fail(
      'is not given queries and values alone: masks of attention cannot be read. Save the model without a mask.',
    );
  }
  return { query, value, key: places.get('key') ?? value };
}

/** What Keras adds to the score of a pair of tokens that must not see each other. */
const FORBIDDEN = -1e9;

/**
 * What a call adds to scores [..., queries, keys], so that tokens do not see all others: nothing behind themselves, or as an array of numbers
 * says. Null where each sees all.
 * @param queries how many tokens ask, and how many are asked
 */
function maskOf(layer: LayerConfig, { kwargs }: Call, queries: number, keys: number): Weight | null {
  const given = kwargs.attention_mask;
  const isCausal = kwargs.use_causal_mask === true;
  if (given !== undefined && given !== null && !(given instanceof Numbers)) {
    throw layer.fail('is given a mask that cannot be read. Save the model without a mask.');
  }
  if (!isCausal && !given) return null;
  const size = queries * keys;
  const told = given?.weight ?? null;
  // The same for all pictures of a batch and for all heads.
  if (told && (sizeOf(told.shape) !== size || told.shape.slice(-2).join() !== `${queries},${keys}`)) {
    throw layer.fail(
      `is given a mask of shape [${told.shape}] for ${queries} by ${keys} tokens. Save the model without a mask.`,
    );
  }
  return {
    shape: [queries, keys],
    read() {
      const allowed = told?.read();
      return Float32Array.from({ length: size }, (_, i) =>
        (isCausal && i % keys > Math.floor(i / keys)) || allowed?.[i] === 0 ? FORBIDDEN : 0,
      );
    },
  };
}

/** Classes whose calls may ask for such a mask. */
export const takesMask = ({ className }: LayerConfig) =>
  ['MultiHeadAttention', 'GroupQueryAttention', 'GroupedQueryAttention', 'Attention'].includes(
    className.split('>').at(-1) ?? '',
  );

/** Axes that tokens lie along, none negative, without the batch. */
function attentionAxes(layer: LayerConfig, rank: number): number[] {
  if (!layer.has('attention_axes')) return Array.from({ length: rank - 1 }, (_, axis) => axis);
  const axes = layer.numbers('attention_axes').map((axis) => (axis < 0 ? rank + axis : axis - 1));
  if (axes.some((axis) => !(axis >= 0 && axis < rank - 1))) {
    throw layer.fail(`has the attention axes ${layer.numbers('attention_axes')}, which its input lacks.`);
  }
  return axes;
}

/**
 * Attention of several heads (Vaswani et al. 2017), as Keras' layer computes it: softmax(q k^T / sqrt(depth)) v for each
 * head, between dense layers. Tokens lie along some axes of the input; the others are told apart.
 */
export function multiHeadAttention(layer: LayerConfig, call: Call): Parts {
  layer.ignore('num_heads', 'key_dim', 'value_dim', 'dropout', 'output_shape', 'seed', 'flash_attention');
  const uses = inputsOf(layer, call);
  const useBias = layer.flag('use_bias', true);
  const list = new PartList();
  const axes = attentionAxes(layer, layer.sizes(uses.query).length);
  const [query, key, value] = projections(layer, list, uses, { axes, useBias });
  const attended = attention(list, {
    query: query.source,
    key: key.source,
    value: value.source,
    scale: 1 / Math.sqrt(query.depth),
    mask: maskOf(layer, call, query.tokens, key.tokens),
  });
  return outward(
    layer,
    list,
    attended,
    { axes, query: uses.query, ...query, depth: value.depth, useBias },
    call,
  );
}

/** Attention of several heads of which some share keys and values (Ainslie et al. 2023). */
export function groupQueryAttention(layer: LayerConfig, call: Call): Parts {
  layer.ignore('head_dim', 'dropout', 'seed', 'flash_attention');
  const uses = inputsOf(layer, call);
  const useBias = layer.flag('use_bias', true);
  const list = new PartList();
  const axes = [0];
  const [query, key, value] = projections(layer, list, uses, { axes, useBias });
  const repeats = layer.number('num_query_heads', 1) / layer.number('num_key_value_heads', 1);
  if (query.count !== key.count * repeats) {
    throw layer.fail(`has ${query.count} heads for queries and ${key.count} for keys, which do not fit.`);
  }
  const places = Array.from({ length: query.count }, (_, head) => Math.floor(head / repeats));
  const repeated = (name: string, source: string) =>
    list.add(`${name}, a head each`, [source], { type: 'gather', axis: 0, places });
  const attended = attention(list, {
    query: query.source,
    key: repeated('key', key.source),
    value: repeated('value', value.source),
    scale: 1 / Math.sqrt(query.depth),
    mask: maskOf(layer, call, query.tokens, key.tokens),
  });
  return outward(
    layer,
    list,
    attended,
    { axes, query: uses.query, ...query, depth: value.depth, useBias },
    call,
  );
}

/** One attention for all channels: softmax(q k^T) v, with or without a scale. */
export function plainAttention(layer: LayerConfig, call: Call): Parts {
  layer.ignore('dropout', 'seed').expect('score_mode', 'dot');
  const inputs = layer.inputShapes.length;
  if (inputs < 2 || inputs > 3) throw layer.fail('is given a mask, which cannot be read.');
  const list = new PartList();
  const scale = layer.flag('use_scale', false) ? layer.variables('scale')[0] : null;
  const attended = attention(list, {
    query: 0,
    key: inputs === 3 ? 2 : 1,
    value: 1,
    scale: scale && reshapedWeight(scale, [1]),
    mask: maskOf(layer, call, tokensOf(layer, 0), tokensOf(layer, 1)),
  });
  return { parts: list.parts, outputs: outputsOf(call, attended.output, attended.weights) };
}

/** How many tokens an input of [tokens, channels] holds. */
const tokensOf = (layer: LayerConfig, input: number) => layer.sizes(input).at(-2) ?? 0;

interface Factors {
  readonly query: number | string;
  readonly key: number | string;
  readonly value: number | string;
  /** What products of queries and keys are multiplied by; null for 1. */
  readonly scale: number | Weight | null;
  /** What is added to those products; null for 0. */
  readonly mask?: Weight | null;
}

/** softmax(scale q k^T + mask) v on [..., tokens, depth]. @returns names of the weights and of what they gather */
export function attention(list: PartList, { query, key, value, scale, mask = null }: Factors) {
  const products = list.add('products', [query, key], { type: 'matrix-product', transposed: [false, true] });
  const factor = typeof scale === 'number' ? scalarWeight(scale) : scale;
  const scaled = factor
    ? list.add('scaled', [products], { type: 'affine', scale: factor, shift: null })
    : products;
  const masked = mask ? list.add('masked', [scaled], { type: 'affine', scale: null, shift: mask }) : scaled;
  const weights = list.add('softmax', [masked], { type: 'activation', activation: { name: 'softmax' } });
  const output = list.add('attended', [weights, value], {
    type: 'matrix-product',
    transposed: [false, false],
  });
  return { weights, output };
}

interface Projection {
  /** [channels, heads, depth] */
  readonly kernel: Weight;
  /** [heads, depth] */
  readonly bias: Weight | null;
  readonly axes: readonly number[];
}

/** Queries, keys and values of all heads, each by a dense layer of its own. */
function projections(
  layer: LayerConfig,
  list: PartList,
  uses: ReturnType<typeof inputsOf>,
  { axes, useBias }: { axes: readonly number[]; useBias: boolean },
) {
  return (['query', 'key', 'value'] as const).map((name) => {
    const [kernel, bias] = layer.sublayer(sublayers[name]).variables('kernel', useBias && 'bias');
    return heads(layer, list, name, uses[name], { kernel, bias, axes });
  });
}

/** The input of a head each: [others..., heads, tokens, depth], from axes in any order. */
function heads(
  layer: LayerConfig,
  list: PartList,
  name: string,
  input: number,
  { kernel, bias, axes }: Projection,
) {
  const shape = layer.sizes(input);
  const [channels, count, depth] = kernel.shape;
  if (kernel.shape.length !== 3 || channels !== shape.at(-1)) {
    throw layer.fail(
      `has a kernel of shape [${kernel.shape}] for ${name}, which does not fit its input [${shape}].`,
    );
  }
  const others = othersOf(shape, axes);
  const order = [...others, ...axes, shape.length - 1];
  const moved = list.transpose(`${name}, tokens last`, input, order);
  const outer = others.map((axis) => shape[axis]);
  const tokens = sizeOf(axes.map((axis) => shape[axis]));
  const ordered = order.map((axis) => shape[axis]);
  const flat = list.reshape(`${name}, tokens`, moved, ordered, [...outer, tokens, channels]);
  const made = list.add(name, [flat], {
    type: 'dense',
    kernel: reshapedWeight(kernel, [channels, count * depth]),
    bias: bias && reshapedWeight(bias, [count * depth]),
    activation: linear,
  });
  const apart = list.add(`${name}, heads apart`, [made], {
    type: 'reshape',
    shape: [...outer, tokens, count, depth],
  });
  const at = outer.length;
  const source = list.add(`${name}, heads first`, [apart], {
    type: 'transpose',
    permutation: [...outer.keys(), at + 1, at, at + 2],
  });
  return { source, count, depth, tokens, outer };
}

const othersOf = (shape: Shape, axes: readonly number[]) =>
  shape.slice(0, -1).flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));

interface Outward {
  readonly axes: readonly number[];
  /** Number of the input that gave the queries, whose places the output has. */
  readonly query: number;
  readonly count: number;
  readonly depth: number;
  readonly tokens: number;
  readonly outer: Shape;
  readonly useBias: boolean;
}

/** Heads put side by side again, through the last dense layer, at the places of the queries. */
function outward(
  layer: LayerConfig,
  list: PartList,
  attended: { weights: string; output: string },
  { axes, query, count, depth, tokens, outer, useBias }: Outward,
  call: Call,
): Parts {
  const at = outer.length;
  const turned = list.add('heads back', [attended.output], {
    type: 'transpose',
    permutation: [...outer.keys(), at + 1, at, at + 2],
  });
  const joined = list.add('heads joined', [turned], {
    type: 'reshape',
    shape: [...outer, tokens, count * depth],
  });
  const [kernel, bias] = layer.sublayer(sublayers.output).variables('kernel', useBias && 'bias');
  const channels = sizeOf(kernel.shape.slice(2));
  if (kernel.shape.length !== 3 || kernel.shape[0] !== count || kernel.shape[1] !== depth) {
    throw layer.fail(`has a kernel of shape [${kernel.shape}] for its output, which does not fit its heads.`);
  }
  const made = list.add('output', [joined], {
    type: 'dense',
    kernel: reshapedWeight(kernel, [count * depth, channels]),
    bias: bias && reshapedWeight(bias, [channels]),
    activation: linear,
  });
  const shape = layer.sizes(query);
  const others = othersOf(shape, axes);
  const order = [...others, ...axes, shape.length - 1];
  const ordered = [...[...others, ...axes].map((axis) => shape[axis]), channels];
  const apart = list.reshape('tokens apart', made, [...outer, tokens, channels], ordered);
  const back = list.transpose(
    'axes in order',
    apart,
    order.map((_, axis) => order.indexOf(axis)),
  );
  return { parts: list.parts, outputs: outputsOf(call, String(back), attended.weights) };
}

/** The weights are an output too where the call asks for them. */
const outputsOf = ({ kwargs }: Call, output: string, weights: string) =>
  kwargs.return_attention_scores === true ? [output, weights] : [output];
