import type { Weight } from '../graph';
import type { OperationSpec } from '../ops';
import { type Activation, linear } from '../ops/activation';
import type { MergeSpec } from '../ops/merge';
import type { ReduceSpec } from '../ops/reduce';
import { reshapedWeight, scalarWeight, weightOf } from '../weights';
import type { LayerConfig } from './layer-config';
import { batchNorm, groupNorm, layerNorm, layerScale, normalization } from './normalisations';

type Spec = OperationSpec<Weight>;

/** What a layer computes, one operation after the other. */
type Translate = (layer: LayerConfig) => Spec | Spec[];

function convolution(layer: LayerConfig): Spec {
  layer.channelsLast();
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
  layer.channelsLast();
  const [kernel, bias] = layer.variables(
    ['depthwise_kernel', 'kernel'],
    layer.flag('use_bias', true) && 'bias',
  );
  return depthwiseSpec(kernel, bias, layer, layer.activation());
}

function separableConvolution(layer: LayerConfig): Spec[] {
  layer.channelsLast();
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
  layer.channelsLast();
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
  const [kernel, bias] = layer.variables('kernel', layer.flag('use_bias', true) && 'bias');
  return { type: 'dense', kernel, bias, activation: layer.activation() };
}

const pooling =
  (by: 'maximum' | 'average'): Translate =>
  (layer) => {
    layer.channelsLast();
    const size = layer.pair('pool_size', [2, 2]);
    return {
      type: 'pooling',
      by,
      size,
      strides: layer.pair('strides', size),
      padding: layer.padding(),
      countPadding: false,
      ceil: false,
    };
  };

const globalPooling =
  (by: ReduceSpec['by']): Translate =>
  (layer) => ({ type: 'reduce', by, axes: [0, 1], keep: layer.channelsLast().flag('keepdims', false) });

const merge =
  (by: MergeSpec['by']): Translate =>
  () => ({ type: 'merge', by });

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

const identity: Translate = () => ({ type: 'identity' });

/** Keras' layers by class name, with the names they had in earlier versions. */
const translations: Record<string, Translate> = {
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
  LayerNormalization: layerNorm,
  GroupNormalization: groupNorm,
  LayerScale: layerScale,
  Activation: (layer) => activation(layer.activation()),
  ReLU: relu,
  LeakyReLU: (layer) =>
    activation({ name: 'leaky-relu', slope: layer.number('negative_slope', layer.number('alpha', 0.3)) }),
  PReLU: (layer) => activation({ name: 'prelu', slope: layer.variables('alpha')[0] }),
  ELU: (layer) => activation({ name: 'elu', alpha: layer.number('alpha', 1) }),
  ThresholdedReLU: (layer) =>
    activation({ name: 'bounded-relu', maximum: null, slope: 0, threshold: layer.number('theta', 1) }),
  Softmax: (layer) => {
    layer.alongChannels();
    return activation({ name: 'softmax' });
  },
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
  ZeroPadding2D: (layer) => ({
    type: 'padding',
    by: 'zeros',
    sides: layer.channelsLast().sides('padding'),
  }),
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
};

/**
 * What a layer computes, one operation after the other; the first reads the layer's inputs.
 * @throws NetworkError that names layer and class where it is none of Keras' own, or one that cannot be read
 */
export function translateLayer(layer: LayerConfig): Spec[] {
  // Keras 3 writes its own layers with their package: "keras.layers>Conv2D" in some versions.
  const className = layer.className.split('>').at(-1) as string;
  if (!Object.hasOwn(translations, className)) {
    throw layer.fail(
      className === 'Lambda' || className === 'TFOpLambda'
        ? 'holds code, which is never run. Put a layer of Keras in its place and save the model again.'
        : 'is of a class that cannot be read. Supersign reads the layers of Keras that convolutional classifiers use, not custom ones.',
    );
  }
  return [translations[className](layer)].flat();
}
