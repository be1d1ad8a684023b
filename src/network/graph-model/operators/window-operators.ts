import type { Weight } from '../../network-graph';
import type { Activation as ActivationFunction } from '../../ops/activation';
import { linear } from '../../ops/activation';
import type { Padding, Pair } from '../../ops/window';
import { batchNormalisation, reshapedWeight } from '../../weights';
import type { Activation, Call, Operator, Operators } from '../graph-importer';

/** Rows and columns of an attribute that has a number for batch and channels, too. */
function pair(call: Call, name: string): Pair {
  const values = call.ints(name);
  if (values.length === 0) return [1, 1];
  const [batch, rows, columns, channels] = values;
  if (batch !== 1 || channels !== 1 || !(rows >= 1 && columns >= 1)) {
    throw call.problem(`has the ${name} [${values}]`);
  }
  return [rows, columns];
}

function paddingOf(call: Call): Padding {
  const by = call.text('padding', 'VALID');
  if (by === 'SAME') return 'same';
  if (by === 'VALID') return 'valid';
  const [, , top, bottom, left, right] = call.ints('explicit_paddings');
  if (by !== 'EXPLICIT' || right === undefined) throw call.problem(`has the padding ${by}`);
  return { top, bottom, left, right };
}

export interface Joined {
  bias: Weight | null;
  activation: ActivationFunction<Weight>;
}

/** What the converter has joined to a convolution or product: a bias, an activation. */
export function joined(call: Call): Joined {
  const result: Joined = { bias: null, activation: linear };
  let next = 2;
  for (const name of call.texts('fused_ops')) {
    if (name === 'NoOp') continue;
    if (name === 'BiasAdd') {
      result.bias = call.weight(next++);
      continue;
    }
    result.activation = joinedActivation(call, name, () => call.weight(next++));
  }
  return result;
}

function joinedActivation(call: Call, name: string, slope: () => Weight): ActivationFunction<Weight> {
  switch (name) {
    case 'Relu':
    case 'Relu6':
    case 'Sigmoid':
    case 'Tanh':
      return { name: name.toLowerCase() as 'relu' | 'relu6' | 'sigmoid' | 'tanh' };
    case 'Elu':
      return { name: 'elu', alpha: 1 };
    case 'LeakyRelu':
      return { name: 'leaky-relu', slope: call.float('leakyrelu_alpha', 0.2) };
    case 'Prelu':
      return { name: 'prelu', slope: slope() };
    default:
      throw call.problem(`is joined with ${name}, which is not read`);
  }
}

function convolution(isDepthwise: boolean): Operator {
  return (call) => {
    call.assertChannelsLast();
    const weight = call.weight(1);
    const [rows, columns, channels, multiplier] = weight.shape;
    const filter = isDepthwise ? reshapedWeight(weight, [rows, columns, 1, channels * multiplier]) : weight;
    const input = call.map(0);
    const inGroups = input.shape[input.shape.length - 1] / channels;
    return call.emit(
      {
        type: 'convolution',
        filter,
        strides: pair(call, 'strides'),
        padding: paddingOf(call),
        dilations: pair(call, 'dilations'),
        groups: isDepthwise ? channels : Number.isInteger(inGroups) ? inGroups : 1,
        ...joined(call),
      },
      [input],
    );
  };
}

/** The input gradient of a convolution, used to enlarge a map: segmenters end so. */
function transposedConvolution(call: Call): Activation {
  call.assertChannelsLast();
  if (pair(call, 'dilations').some((rate) => rate !== 1)) {
    throw call.problem('is dilated, which is not read for a transposed convolution');
  }
  const [, rows, columns] = call.numbers(0);
  const result = call.emit(
    {
      type: 'transposed-convolution',
      filter: call.weight(1),
      bias: null,
      strides: pair(call, 'strides'),
      padding: paddingOf(call),
      outputPadding: null,
      activation: linear,
    },
    [call.map(2)],
  );
  const [, height, width] = result.shape;
  if (rows !== height || columns !== width) {
    throw call.problem(`yields a grid of ${rows} x ${columns} where its strides make ${height} x ${width}`);
  }
  return result;
}

function normalisation(call: Call): Activation {
  call.assertChannelsLast();
  if (call.flagOr('is_training', true)) {
    throw call.problem(
      'is in training mode: it normalises by what is at hand, which TensorFlow.js itself does not compute. Convert the network in evaluation mode (training=False); layer normalisations of Keras 2 are written so, too: save those networks with Keras 3',
    );
  }
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((i) => call.weight(i));
  const epsilon = call.float('epsilon', 1e-4);
  return call.emit(batchNormalisation({ gamma, beta, mean, variance, epsilon }), [call.map(0)]);
}

function pooling(by: 'maximum' | 'average'): Operator {
  return (call) => {
    call.assertChannelsLast();
    return call.emit(
      {
        type: 'pooling',
        by,
        size: pair(call, 'ksize'),
        strides: pair(call, 'strides'),
        padding: paddingOf(call),
        countPadding: false,
        ceil: false,
      },
      [call.map(0)],
    );
  };
}

function resizing(by: 'bilinear' | 'nearest'): Operator {
  return (call) => {
    const [rows, columns] = call.numbers(1);
    const coordinates = call.flag('align_corners')
      ? 'align-corners'
      : call.flag('half_pixel_centers')
        ? 'half-pixel'
        : 'asymmetric';
    const rounding = coordinates === 'asymmetric' ? 'floor' : 'round-prefer-ceil';
    const to = { size: [rows, columns] as const };
    return call.emit({ type: 'resize', by, to, coordinates, rounding }, [call.map(0)]);
  };
}

/** Sums over neighbouring channels. Source: TensorFlow, tf.nn.local_response_normalization. */
const localResponse: Operator = (call) =>
  call.emit(
    {
      type: 'local-response-normalisation',
      radius: call.int('depth_radius', 5),
      bias: call.float('bias', 1),
      alpha: call.float('alpha', 1),
      beta: call.float('beta', 0.5),
    },
    [call.map(0)],
  );

/** Operations on feature maps, [batch, height, width, channels]. */
export const windows: Operators = {
  Conv2D: convolution(false),
  FusedConv2D: convolution(false),
  _FusedConv2D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2dNative: convolution(true),
  Conv2DBackpropInput: transposedConvolution,
  FusedBatchNorm: normalisation,
  FusedBatchNormV2: normalisation,
  FusedBatchNormV3: normalisation,
  LRN: localResponse,
  MaxPool: pooling('maximum'),
  AvgPool: pooling('average'),
  ResizeBilinear: resizing('bilinear'),
  ResizeNearestNeighbor: resizing('nearest'),
};
