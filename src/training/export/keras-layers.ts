import { checkedWeights } from '../architecture/architecture-graph';
import type { NamedWeight } from '../architecture/named-weight';
import {
  batchNormalisation,
  IMAGE,
  type Layer,
  LOGITS,
  layoutOf,
  weightShapesOf,
} from '../architecture/parameter-layout';
import type { TrainedNetwork } from './trained-network';

/** A variable of a Keras layer, in the order in which Keras counts them. */
export interface KerasVariable {
  name: 'kernel' | 'depthwise_kernel' | 'bias' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';
  shape: number[];
  values: Float32Array;
}

/** A layer in the words of Keras, as they have been since its second version. */
export interface KerasLayer {
  className:
    | 'InputLayer'
    | 'Conv2D'
    | 'DepthwiseConv2D'
    | 'BatchNormalization'
    | 'Activation'
    | 'MaxPooling2D'
    | 'AveragePooling2D'
    | 'Add'
    | 'GlobalAveragePooling2D'
    | 'Flatten'
    | 'Dropout'
    | 'Dense';
  name: string;
  /** Without name, type and input shape. */
  config: Record<string, unknown>;
  inputs: string[];
  /** Of what it yields, without the batch. */
  shape: number[];
  variables: KerasVariable[];
}

/**
 * A trained network as layers of Keras: convolution, batch normalisation and activation each by itself, the last layer with its
 * softmax. Behind the picture each layer stands behind those it reads.
 * @throws ArchitectureError where the architecture cannot be built, or a weight is missing or of another shape
 */
export function kerasLayersOf({ architecture, weights }: TrainedNetwork): KerasLayer[] {
  const layout = layoutOf(architecture);
  const byName = checkedWeights(weightShapesOf(layout), weights);
  const image: KerasLayer = {
    className: 'InputLayer',
    name: IMAGE,
    config: {},
    inputs: [],
    shape: layout.input,
    variables: [],
  };
  return [image, ...layout.layers.map((layer) => kerasLayer(layer, byName))];
}

const variableNames = {
  filter: 'kernel',
  depthwise: 'depthwise_kernel',
  matrix: 'kernel',
  bias: 'bias',
  scale: 'gamma',
  offset: 'beta',
  mean: 'moving_mean',
  variance: 'moving_variance',
} as const;

function kerasLayer(layer: Layer, weights: ReadonlyMap<string, NamedWeight>): KerasLayer {
  return {
    ...describe(layer),
    name: layer.name,
    inputs: layer.inputs,
    shape: layer.shape,
    variables: layer.weights.map(({ name, shape, role }) => ({
      name: variableNames[role],
      shape,
      values: (weights.get(name) as NamedWeight).values,
    })),
  };
}

/** What Keras is told of a convolution, whether its channels are mixed or not. */
const convolutionConfig = (layer: Extract<Layer, { kind: 'convolution' | 'depthwise' }>) => ({
  kernel_size: [layer.size, layer.size],
  strides: [layer.stride, layer.stride],
  padding: layer.padding,
  data_format: 'channels_last',
  dilation_rate: [1, 1],
  activation: 'linear',
  use_bias: layer.weights.some(({ role }) => role === 'bias'),
});

function describe(layer: Layer): Pick<KerasLayer, 'className' | 'config'> {
  switch (layer.kind) {
    case 'convolution':
      return {
        className: 'Conv2D',
        config: { filters: layer.shape[2], ...convolutionConfig(layer) },
      };
    case 'depthwise':
      return {
        className: 'DepthwiseConv2D',
        config: { depth_multiplier: 1, ...convolutionConfig(layer) },
      };
    case 'normalisation':
      return {
        className: 'BatchNormalization',
        config: {
          axis: -1,
          // Keras names the share of the old statistics, not of the batch.
          momentum: 1 - batchNormalisation.momentum,
          epsilon: batchNormalisation.epsilon,
          center: true,
          scale: true,
        },
      };
    case 'activation':
      return { className: 'Activation', config: { activation: layer.by } };
    case 'pooling':
      return {
        className: layer.by === 'max' ? 'MaxPooling2D' : 'AveragePooling2D',
        config: { pool_size: [2, 2], strides: [2, 2], padding: 'valid', data_format: 'channels_last' },
      };
    case 'addition':
      return { className: 'Add', config: {} };
    case 'join':
      return layer.by === 'average'
        ? { className: 'GlobalAveragePooling2D', config: { data_format: 'channels_last' } }
        : { className: 'Flatten', config: { data_format: 'channels_last' } };
    case 'dropout':
      return { className: 'Dropout', config: { rate: layer.rate } };
    case 'dense':
      return {
        className: 'Dense',
        config: {
          units: layer.shape[0],
          activation: layer.name === LOGITS ? 'softmax' : 'linear',
          use_bias: true,
        },
      };
  }
}
