import type { Weight } from '../../network-graph';
import type { OperationSpec } from '../../ops';
import type { ReduceSpec } from '../../ops/reduce';
import { reshapedWeight } from '../../weights';
import type { Call } from '../calls';
import { axesOf } from '../keras-axes';
import type { LayerConfig } from '../layer-config';
import type { Translation } from '../unary';
import { einsumDense } from './einsum-dense';
import { groupQueryAttention, multiHeadAttention, plainAttention } from './multi-head-attention';
import { PartList } from './part-list';
import { rootMeanSquare, softmaxAlong } from './token-functions';

type Translate = (layer: LayerConfig, call: Call) => Translation;

/** Normalisation along any axes; Keras keeps factors and summands for each place of them. */
function layerNorm(layer: LayerConfig): Translation {
  // Root mean squares: nothing is subtracted.
  layer.expect('rms_scaling', false);
  const [scale, shift] = layer.variables(
    layer.flag('scale', true) && 'gamma',
    layer.flag('center', true) && 'beta',
  );
  const epsilon = layer.number('epsilon', 1e-3);
  const axes = layer.has('axis') ? axesOf(layer, 'axis') : [layer.rank - 1];
  const others = Array.from({ length: layer.rank }, (_, axis) => axis).filter((axis) => !axes.includes(axis));
  const list = new PartList();
  const order = [...others, ...axes];
  const moved = list.transpose('axes last', 0, order);
  const normalised = list.add('normalised', [moved], {
    type: 'layer-normalisation',
    scale,
    shift,
    epsilon,
    axes: axes.length,
  });
  const back = list.transpose(
    'axes back',
    normalised,
    order.map((_, axis) => order.indexOf(axis)),
  );
  if (list.parts.length === 1) return list.parts[0].spec;
  return { parts: list.parts, outputs: [String(back)] };
}

function rmsNorm(layer: LayerConfig): Translation {
  const [scale] = layer.variables(['scale', 'gamma']);
  const axes = layer.has('axis') ? axesOf(layer, 'axis') : [layer.rank - 1];
  const shape = Array.from({ length: layer.rank }, (_, axis) => (axes.includes(axis) ? null : 1));
  let next = 0;
  const spread = reshapedWeight(
    scale,
    shape.map((size) => size ?? scale.shape[next++] ?? 1),
  );
  return rootMeanSquare({ axes, epsilon: layer.number('epsilon', 1e-6), scale: spread });
}

/** A convolution of tokens along their one axis: that of a map of one row. */
function convolution1D(layer: LayerConfig): Translation {
  layer.channelsLast().ignore('filters', 'kernel_size');
  const [filter, bias] = layer.variables('kernel', layer.flag('use_bias', true) && 'bias');
  const [length, depth, filters] = filter.shape;
  const single = (key: string) => (layer.has(key) ? (layer.numbers(key)[0] ?? 1) : 1);
  const spec: OperationSpec<Weight> = {
    type: 'convolution',
    filter: reshapedWeight(filter, [1, length, depth, filters]),
    bias,
    strides: [1, single('strides')],
    padding: layer.padding(),
    dilations: [1, single('dilation_rate')],
    groups: layer.number('groups', 1),
    activation: layer.activation(),
  };
  return {
    each: [{ type: 'axes', removed: [], inserted: [0] }],
    joined: [spec, { type: 'axes', removed: [0], inserted: [] }],
  };
}

const globalPooling =
  (by: ReduceSpec['by']): Translate =>
  (layer) => {
    layer.channelsLast();
    return { type: 'reduce', by, axes: [0], keep: layer.flag('keepdims', false) };
  };

function embedding(layer: LayerConfig): Translation {
  layer.ignore('input_dim', 'output_dim', 'input_length').expect('mask_zero', false);
  const [table] = layer.variables('embeddings');
  return { type: 'embedding', table };
}

/** Keras' layers that transformers are made of, by class name. */
export const tokenLayers: Readonly<Record<string, Translate>> = {
  MultiHeadAttention: multiHeadAttention,
  GroupQueryAttention: groupQueryAttention,
  GroupedQueryAttention: groupQueryAttention,
  Attention: plainAttention,
  EinsumDense: einsumDense,
  LayerNormalization: layerNorm,
  RMSNormalization: rmsNorm,
  Embedding: embedding,
  Conv1D: convolution1D,
  Convolution1D: convolution1D,
  GlobalAveragePooling1D: globalPooling('mean'),
  GlobalAvgPool1D: globalPooling('mean'),
  GlobalMaxPooling1D: globalPooling('maximum'),
  GlobalMaxPool1D: globalPooling('maximum'),
  Identity: (layer) => {
    layer.ignoreAll();
    return { type: 'identity' };
  },
  Softmax: (layer) => softmaxAlong(layer, layer.has('axis') ? axesOf(layer, 'axis') : [layer.rank - 1]),
};
