import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { type Activation, linear } from '../ops/activation';
import type { MergeSpec } from '../ops/merge';
import type { ReduceSpec } from '../ops/reduce';
import { reshapedWeight, scalarWeight, weightOf } from '../weights';
import type { Argument, Call } from './calls';
import { batchNorm, groupNorm, layerScale, normalization, unitLength } from './keras-normalisations';
import type { LayerConfig } from './layer-config';
import type { FunctionCall } from './operations';
import { pooling } from './pooling-layers';
import { type Parts, type Steps, stepsOf } from './steps';
import type { Translation } from './unary';

type Json = Readonly<Record<string, unknown>>;
type Spec = OperationSpec<Weight>;

/** What a layer computes, one operation after the other. */
export type TranslateLayer = (layer: LayerConfig, call: Call) => Translation;

function convolution(layer: LayerConfig): Spec {
  // Keras 1 told rows and columns of the filter apart.
  layer.channelsLast().ignore('filters', 'kernel_size', 'nb_row', 'nb_col', 'dim_ordering');
  const [filter, bias] = layer.variables('kernel', layer.flag('use_bias', true) && 'bias');
  return {
    type: 'convolution',
    filter,
    bias,
    ...windowOf(layer),
    groups: layer.number('groups', 1),
    activation: layer.activation(),
  };
}

const windowOf = (layer: LayerConfig) => ({
  strides: layer.pair('strides', [1, 1]),
  padding: layer.padding(),
  dilations: layer.pair('dilation_rate', [1, 1]),
});

/** [kh, kw, c, m] in the form of a convolution with as many groups as channels. */
function depthwiseSpec(
  kernel: Weight,
  bias: Weight | null,
  layer: LayerConfig,
  activation: Activation<Weight>,
): Spec {
  const [rows, columns, channels, multiplier] = kernel.shape;
  return {
    type: 'convolution',
    filter: reshapedWeight(kernel, [rows, columns, 1, channels * multiplier]),
    bias,
    ...windowOf(layer),
    groups: channels,
    activation,
  };
}

function depthwiseConvolution(layer: LayerConfig): Spec {
  layer.channelsLast().ignore('filters', 'kernel_size', 'depth_multiplier').expect('groups', 1);
  const [kernel, bias] = layer.variables(
    ['depthwise_kernel', 'kernel'],
    layer.flag('use_bias', true) && 'bias',
  );
  return depthwiseSpec(kernel, bias, layer, layer.activation());
}

function separableConvolution(layer: LayerConfig): Spec[] {
  layer.channelsLast().ignore('filters', 'kernel_size', 'depth_multiplier').expect('groups', 1);
  layer.ignore('nb_row', 'nb_col', 'dim_ordering');
  const [depthwise, pointwise, bias] = layer.variables(
    'depthwise_kernel',
    'pointwise_kernel',
    layer.flag('use_bias', true) && 'bias',
  );
  return [
    depthwiseSpec(depthwise, null, layer, linear),
    {
      type: 'convolution',
      filter: pointwise,
      bias,
      strides: [1, 1],
      padding: 'valid',
      dilations: [1, 1],
      groups: 1,
      activation: layer.activation(),
    },
  ];
}

function transposedConvolution(layer: LayerConfig): Spec {
  layer.channelsLast().ignore('filters', 'kernel_size', 'output_shape', 'nb_row', 'nb_col', 'dim_ordering');
  layer.expect('groups', 1);
  if (layer.pair('dilation_rate', [1, 1]).some((rate) => rate !== 1)) {
    throw layer.fail('is dilated, which cannot be read for a transposed convolution.');
  }
  const [filter, bias] = layer.variables('kernel', layer.flag('use_bias', true) && 'bias');
  return {
    type: 'transposed-convolution',
    filter,
    bias,
    strides: layer.pair('strides', [1, 1]),
    padding: layer.padding(),
    outputPadding: layer.has('output_padding') ? layer.pair('output_padding', [0, 0], 0) : null,
    activation: layer.activation(),
  };
}

function dense(layer: LayerConfig): Spec {
  layer.ignore('units');
  const [kernel, bias] = layer.variables('kernel', layer.flag('use_bias', true) && 'bias');
  return { type: 'dense', kernel, bias, activation: layer.activation() };
}

const globalPooling =
  (by: ReduceSpec['by']): TranslateLayer =>
  (layer) => {
    layer.channelsLast().ignore('dim_ordering');
    return { type: 'reduce', by, axes: [0, 1], keep: layer.flag('keepdims', false) };
  };

/** Arguments of Keras 1's layer for all merges, of which `mode` has become the class. */
const ofFirstMerge = [
  'mode',
  'mode_type',
  'axis',
  'dot_axes',
  'output_shape',
  'output_shape_type',
  'arguments',
];

const merge =
  (by: MergeSpec['by']): TranslateLayer =>
  (layer) => {
    layer.ignore(...ofFirstMerge);
    return { type: 'merge', by };
  };

const activation = (of: Activation<Weight>): Spec => ({ type: 'activation', activation: of });

function relu(layer: LayerConfig): Spec {
  const maximum = layer.has('max_value') ? layer.number('max_value', 0) : null;
  const slope = layer.number('negative_slope', 0);
  const threshold = layer.number('threshold', 0);
  if (slope === 0 && threshold === 0) {
    if (maximum === null) return activation({ name: 'relu' });
    return activation(maximum === 6 ? { name: 'relu6' } : { name: 'clip', minimum: 0, maximum });
  }
  return activation({ name: 'bounded-relu', maximum, slope, threshold });
}

function concatenate(layer: LayerConfig): Spec {
  const axis = layer.number('axis', -1);
  layer.ignore(...ofFirstMerge);
  if (axis === 0) throw layer.fail('joins along the batch.');
  return { type: 'concatenate', axis: axis < 0 ? axis : axis - 1 };
}

function cropping(layer: LayerConfig): Spec {
  const { top, bottom, left, right } = layer.channelsLast().sides('cropping');
  return { type: 'slice', begin: [top, left, 0], end: [-bottom || null, -right || null, null] };
}

function interpolation(layer: LayerConfig, fallback: string) {
  const by = layer.value('interpolation') ?? fallback;
  if (by !== 'nearest' && by !== 'bilinear') {
    throw layer.fail(`interpolates by ${JSON.stringify(by)}; "nearest" and "bilinear" can be read.`);
  }
  return { by, coordinates: 'half-pixel', rounding: 'round-prefer-ceil' } as const;
}

function upSampling(layer: LayerConfig): Spec {
  const factors = layer.channelsLast().pair('size', [2, 2]);
  return { type: 'resize', to: { factors }, ...interpolation(layer, 'nearest') };
}

function resizing(layer: LayerConfig): Spec {
  if (layer.flag('crop_to_aspect_ratio', false) || layer.flag('pad_to_aspect_ratio', false)) {
    throw layer.fail('keeps the aspect ratio, which cannot be read.');
  }
  layer.channelsLast().ignore('fill_mode', 'fill_value').expect('antialias', false);
  const size = [layer.number('height', 0), layer.number('width', 0)] as const;
  return { type: 'resize', to: { size }, ...interpolation(layer, 'bilinear') };
}

const permute = (layer: LayerConfig): Spec => ({
  type: 'transpose',
  permutation: layer.numbers('dims').map((axis) => axis - 1),
});

function rescaling(layer: LayerConfig): Spec {
  const part = (key: string, fallback: number) => {
    const values = layer.has(key) ? layer.numbers(key) : [fallback];
    return values.length === 1
      ? scalarWeight(values[0])
      : weightOf([values.length], Float32Array.from(values));
  };
  return { type: 'affine', scale: part('scale', 1), shift: part('offset', 0) };
}

const identity: TranslateLayer = (layer) => {
  layer.ignoreAll();
  return { type: 'identity' };
};

function centreCrop(layer: LayerConfig): Spec {
  layer.channelsLast();
  return { type: 'centre-crop', size: [layer.number('height', 0), layer.number('width', 0)] };
}

/** Where nothing is random, tf.keras resizes, Keras 3 crops in some versions and does nothing in others. */
function randomCrop(layer: LayerConfig): never {
  throw layer.fail(
    'crops at random, and versions of Keras differ in what it does to a picture that is classified. Put CenterCrop or Resizing in its place and save the model again.',
  );
}

/** The layer of InceptionResNetV2 that adds a branch of which a part is taken. */
function scaledSum(layer: LayerConfig): Steps {
  const scale = layer.number('scale', 1);
  return {
    each: [[], [{ type: 'affine', scale: scalarWeight(scale), shift: null }]],
    joined: [{ type: 'merge', by: 'add' }],
  };
}

/** Keras' layers by class name, with the names they had in earlier versions; {@link OtherLayers} has what is left. */
export const usualLayers: Readonly<Record<string, TranslateLayer>> = {
  Conv2D: convolution,
  Convolution2D: convolution,
  DepthwiseConv2D: depthwiseConvolution,
  SeparableConv2D: separableConvolution,
  SeparableConvolution2D: separableConvolution,
  Conv2DTranspose: transposedConvolution,
  Convolution2DTranspose: transposedConvolution,
  Dense: dense,
  BatchNormalization: batchNorm,
  BatchNormalizationV1: batchNorm,
  BatchNormalizationV2: batchNorm,
  GroupNormalization: groupNorm,
  LayerScale: layerScale,
  UnitNormalization: (layer) => unitLength(layer, 1e-12),
  Activation: (layer) => activation(layer.activation()),
  ReLU: relu,
  LeakyReLU: (layer) =>
    activation({ name: 'leaky-relu', slope: layer.number('negative_slope', layer.number('alpha', 0.3)) }),
  PReLU: (layer) => {
    layer.ignore('shared_axes');
    return activation({ name: 'prelu', slope: layer.variables('alpha')[0] });
  },
  ELU: (layer) => activation({ name: 'elu', alpha: layer.number('alpha', 1) }),
  ThresholdedReLU: (layer) =>
    activation({ name: 'bounded-relu', maximum: null, slope: 0, threshold: layer.number('theta', 1) }),
  MaxPooling2D: pooling('maximum'),
  MaxPool2D: pooling('maximum'),
  AveragePooling2D: pooling('average'),
  AvgPool2D: pooling('average'),
  GlobalAveragePooling2D: globalPooling('mean'),
  GlobalAvgPool2D: globalPooling('mean'),
  GlobalMaxPooling2D: globalPooling('maximum'),
  GlobalMaxPool2D: globalPooling('maximum'),
  Add: merge('add'),
  Subtract: merge('subtract'),
  Multiply: merge('multiply'),
  Average: merge('average'),
  Maximum: merge('maximum'),
  Minimum: merge('minimum'),
  Concatenate: concatenate,
  ZeroPadding2D: (layer) => {
    layer.channelsLast().ignore('dim_ordering');
    return { type: 'padding', by: 'zeros', sides: layer.sides('padding') };
  },
  Cropping2D: cropping,
  UpSampling2D: upSampling,
  Resizing: resizing,
  Flatten: (layer) => {
    layer.channelsLast();
    return { type: 'reshape', shape: [-1] };
  },
  Reshape: (layer) => ({
    type: 'reshape',
    shape: layer.numbers('target_shape'),
  }),
  Permute: permute,
  Rescaling: rescaling,
  Normalization: normalization,
  Dropout: identity,
  SpatialDropout2D: identity,
  AlphaDropout: identity,
  GaussianDropout: identity,
  GaussianNoise: identity,
  StochasticDepth: identity,
  ActivityRegularization: identity,
  RandomFlip: identity,
  RandomRotation: identity,
  RandomTranslation: identity,
  RandomZoom: identity,
  RandomContrast: identity,
  RandomBrightness: identity,
  RandomHeight: identity,
  RandomWidth: identity,
  RandomShear: identity,
  RandomHue: identity,
  RandomSaturation: identity,
  RandomSharpness: identity,
  RandomColorJitter: identity,
  RandomColorDegeneration: identity,
  RandomPosterization: identity,
  RandomGrayscale: identity,
  RandomInvert: identity,
  RandomErasing: identity,
  RandomElasticTransform: identity,
  RandomGaussianBlur: identity,
  RandomPerspective: identity,
  RandomApply: identity,
  RandAugment: identity,
  AugMix: identity,
  CutMix: identity,
  MixUp: identity,
  RandomCrop: randomCrop,
  CenterCrop: centreCrop,
  CustomScaleLayer: scaledSum,
};

/** What networks hold beside {@link usualLayers}: layers over tokens and sequences, and functions that are called beside layers. */
export interface OtherLayers {
  readonly layers: Readonly<Record<string, TranslateLayer>>;
  functionCall(className: string, config: Json, call: Call): FunctionCall;
  translateFunction(layer: LayerConfig, operands: readonly Argument[]): Translation;
  /** @throws NetworkError where a layer reads a tensor whose batch is not in front */
  assertBatchFirst(layer: LayerConfig): void;
  /** Whether calls of a layer may ask for a mask. */
  takesMask(layer: LayerConfig): boolean;
}

/** A class that shares its name with one of Keras' kinds of attention, but belongs to another package. */
const isForeignAttention = (className: string) =>
  !/^(keras[\w.]*>)?[^>]*$/.test(className) && /Attention|EinsumDense|Embedding/.test(className);

/**
 * What a layer computes; the first operation reads the layer's inputs.
 * @throws NetworkError that names layer and class where it is none of Keras' own, or one that cannot be read
 */
export function translateLayer(layer: LayerConfig, call: Call, others: OtherLayers | null): Steps | Parts {
  // Keras 3 writes its own layers with their package: "keras.layers>Conv2D" in some versions.
  const className = layer.className.split('>').at(-1) as string;
  const translate = [usualLayers, others?.layers ?? {}].find((layers) => Object.hasOwn(layers, className));
  if (translate && !isForeignAttention(layer.className)) {
    return stepsOf(translate[className](layer, call));
  }
  if (className === 'Lambda') {
    throw layer.fail(
      'holds code, which is never run. Put a layer of Keras in its place and save the model again.',
    );
  }
  throw layer.fail(
    'is of a class that cannot be read. Supersign reads the layers of Keras that convolutional classifiers use, not custom ones.',
  );
}
