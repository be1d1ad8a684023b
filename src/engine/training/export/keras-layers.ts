import { batchNormalisation, IMAGE, type Layer, type Layout, layoutOf, sizeOf } from '../layout';
import type { NamedWeight } from '../protocol';
import { ExportError, type TrainedNetwork } from './trained-network';

/** A variable of a Keras layer, in the order in which Keras counts them. */
export interface KerasVariable {
  name: 'kernel' | 'bias' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';
  shape: number[];
  values: Float32Array;
}

/** A layer in the words of Keras, as they have been since its second version. */
export interface KerasLayer {
  className:
    | 'InputLayer'
    | 'Conv2D'
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
 * @throws ExportError naming the weight that is missing or of another shape
 * @throws ArchitectureError where the architecture cannot be built
 */
export function kerasLayersOf({ architecture, weights }: TrainedNetwork): KerasLayer[] {
  const layout = layoutOf(architecture);
  const find = weightFinder(weights);
  const image: KerasLayer = {
    className: 'InputLayer',
    name: IMAGE,
    config: {},
    inputs: [],
    shape: layout.input,
    variables: [],
  };
  return [image, ...layout.layers.map((layer) => kerasLayer(layer, layout, find))];
}

type Find = (name: string, shape: number[]) => Float32Array;

function weightFinder(weights: readonly NamedWeight[]): Find {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  return (name, shape) => {
    const weight = byName.get(name);
    if (!weight) throw new ExportError(`The weights "${name}" are missing.`);
    const isSame = weight.shape.join() === shape.join() && weight.values.length === sizeOf(shape);
    if (!isSame) {
      throw new ExportError(
        `The weights "${name}" are ${weight.shape.join(' x ')}; this architecture asks for ${shape.join(' x ')}.`,
      );
    }
    return weight.values;
  };
}

const variableNames = {
  filter: 'kernel',
  matrix: 'kernel',
  bias: 'bias',
  scale: 'gamma',
  offset: 'beta',
  mean: 'moving_mean',
  variance: 'moving_variance',
} as const;

function kerasLayer(layer: Layer, layout: Layout, find: Find): KerasLayer {
  const isLast = layer === layout.layers.at(-1);
  return {
    ...describe(layer, isLast),
    name: layer.name,
    inputs: layer.inputs,
    shape: layer.shape,
    variables: layer.weights.map(({ name, shape, role }) => ({
      name: variableNames[role],
      shape,
      values: find(name, shape),
    })),
  };
}

function describe(layer: Layer, isLast: boolean): Pick<KerasLayer, 'className' | 'config'> {
  switch (layer.kind) {
    case 'convolution':
      return {
        className: 'Conv2D',
        config: {
          filters: layer.shape[2],
          kernel_size: [layer.size, layer.size],
          strides: [layer.stride, layer.stride],
          padding: layer.padding,
          data_format: 'channels_last',
          dilation_rate: [1, 1],
          activation: 'linear',
          use_bias: layer.weights.some(({ role }) => role === 'bias'),
        },
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
        config: { units: layer.shape[0], activation: isLast ? 'softmax' : 'linear', use_bias: true },
      };
  }
}
