import { attentionError } from '../network-errors';
import type { Weight } from '../network-graph';
import type { Activation as ActivationFunction } from '../ops/activation';
import { linear } from '../ops/activation';
import type { MergeSpec } from '../ops/merge';
import type { Shape } from '../ops/operation';
import { sizeOf } from '../ops/operation';
import type { Padding, Pair } from '../ops/window';
import { batchNormalisation, combinedWeight, reshapedWeight } from '../weights';
import { type Activation, type Call, type Constant, type Operator, sizesOf } from './graph-importer';

/** Operations by name: those that classic networks consist of, after the converter has joined what it can. */
export const operators: Readonly<Record<string, Operator>> = {
  Conv2D: convolution(false),
  FusedConv2D: convolution(false),
  _FusedConv2D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2dNative: convolution(true),
  Conv2DBackpropInput: transposedConvolution,
  MatMul: product,
  _FusedMatMul: product,
  FusedMatMul: product,
  BiasAdd: arithmetic('add'),
  Add: arithmetic('add'),
  AddV2: arithmetic('add'),
  Sub: arithmetic('subtract'),
  Mul: arithmetic('multiply'),
  RealDiv: arithmetic('divide'),
  Maximum: arithmetic('maximum'),
  Minimum: arithmetic('minimum'),
  AddN: (call) =>
    call.emit(
      call.all.length === 1 ? { type: 'identity' } : { type: 'merge', by: 'add' },
      call.all.map((_, i) => call.activation(i)),
    ),
  FusedBatchNorm: normalisation,
  FusedBatchNormV2: normalisation,
  FusedBatchNormV3: normalisation,
  Relu: elementwise({ name: 'relu' }),
  Relu6: elementwise({ name: 'relu6' }),
  Selu: elementwise({ name: 'selu' }),
  Sigmoid: elementwise({ name: 'sigmoid' }),
  Tanh: elementwise({ name: 'tanh' }),
  Softplus: elementwise({ name: 'softplus' }),
  Softmax: elementwise({ name: 'softmax' }),
  LogSoftmax: elementwise({ name: 'log-softmax' }),
  Elu: elementwise({ name: 'elu', alpha: 1 }),
  Erf: elementwise({ name: 'erf' }),
  Exp: elementwise({ name: 'exponential' }),
  Square: elementwise({ name: 'square' }),
  Sqrt: elementwise({ name: 'sqrt' }),
  Rsqrt: elementwise({ name: 'power', exponent: -0.5 }),
  Reciprocal: elementwise({ name: 'reciprocal' }),
  Neg: elementwise({ name: 'negate' }),
  Abs: elementwise({ name: 'abs' }),
  LeakyRelu: (call) => elementwise({ name: 'leaky-relu', slope: call.float('alpha', 0.2) })(call),
  Prelu: (call) =>
    elementwise({ name: 'prelu', slope: besides(call, call.constant(1), call.activation(0)) })(call),
  ClipByValue: (call) =>
    elementwise({ name: 'clip', minimum: call.numbers(1)[0], maximum: call.numbers(2)[0] })(call),
  LRN: (call) =>
    call.emit(
      {
        type: 'local-response-normalisation',
        radius: call.int('depth_radius', 5),
        bias: call.float('bias', 1),
        alpha: call.float('alpha', 1),
        beta: call.float('beta', 0.5),
      },
      [call.activation(0)],
    ),
  BatchMatMul: attention,
  BatchMatMulV2: attention,
  BatchMatMulV3: attention,
  Einsum: attention,
  MaxPool: pooling('maximum'),
  AvgPool: pooling('average'),
  Mean: reduction('mean'),
  Max: reduction('maximum'),
  Sum: reduction('sum'),
  ConcatV2: concatenation,
  Pad: padding,
  PadV2: padding,
  MirrorPad: padding,
  Reshape: (call) => reshaped(call, call.numbers(1).slice(1)),
  Squeeze: squeeze,
  ExpandDims: expansion,
  Transpose: transposition,
  ResizeBilinear: resizing('bilinear'),
  ResizeNearestNeighbor: resizing('nearest'),
  Identity: (call) => call.input(0),
  StopGradient: (call) => call.input(0),
  Shape: (call) => {
    const { shape } = call.activation(0);
    return sizesOf(call.name, [shape.length + 1], [-1, ...shape]);
  },
  StridedSlice: part,
  Pack: (call) => {
    if (call.int('axis', 0) !== 0)
      throw call.problem('joins numbers of a shape along another axis, which is not read');
    const values = call.all.flatMap((_, i) => call.numbers(i));
    return sizesOf(call.name, [values.length], values);
  },
};

/** Only feature maps whose channels lie last. */
function assertChannelsLast(call: Call): void {
  if (call.text('data_format', 'NHWC') !== 'NHWC')
    throw call.problem('works channels first, which is not read');
}

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

interface Joined {
  bias: Weight | null;
  activation: ActivationFunction<Weight>;
}

/** What the converter has joined to a convolution or product: a bias, an activation. */
function joined(call: Call): Joined {
  const result: Joined = { bias: null, activation: linear };
  let next = 2;
  for (const name of call.texts('fused_ops')) {
    if (name === 'NoOp') continue;
    if (name === 'BiasAdd') {
      result.bias = call.constant(next++).weight;
      continue;
    }
    result.activation = joinedActivation(call, name, () => call.constant(next++).weight);
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
    assertChannelsLast(call);
    const { weight } = call.constant(1);
    const [rows, columns, channels, multiplier] = weight.shape;
    const filter = isDepthwise ? reshapedWeight(weight, [rows, columns, 1, channels * multiplier]) : weight;
    const input = call.activation(0);
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
  assertChannelsLast(call);
  if (pair(call, 'dilations').some((rate) => rate !== 1)) {
    throw call.problem('is dilated, which is not read for a transposed convolution');
  }
  const [, rows, columns] = call.numbers(0);
  const result = call.emit(
    {
      type: 'transposed-convolution',
      filter: call.constant(1).weight,
      bias: null,
      strides: pair(call, 'strides'),
      padding: paddingOf(call),
      outputPadding: null,
      activation: linear,
    },
    [call.activation(2)],
  );
  const [height, width] = result.shape.slice(-3);
  if (rows !== height || columns !== width) {
    throw call.problem(`yields a grid of ${rows} x ${columns} where its strides make ${height} x ${width}`);
  }
  return result;
}

function product(call: Call): Activation {
  if (call.flag('transpose_a')) throw call.problem('turns its input, which is not read');
  const { weight } = call.constant(1);
  const kernel = call.flag('transpose_b') ? turned(weight) : weight;
  return call.emit({ type: 'dense', kernel, ...joined(call) }, [call.activation(0)]);
}

/** Products of results of the picture with each other: whoever writes them weighs values by a softmax. */
function attention(call: Call): never {
  const isBoth = [0, 1].every((i) => call.input(i).kind === 'activation');
  if (isBoth) throw attentionError(call.name);
  throw call.problem('multiplies more than one matrix at once, which is not read');
}

function turned(weight: Weight): Weight {
  const [rows, columns] = weight.shape;
  return {
    shape: [columns, rows],
    from: weight.from,
    read() {
      const values = weight.read();
      return Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
    },
  };
}

/** A constant that broadcasts to an activation, without the batch. */
function besides(call: Call, { weight }: Constant, { shape }: Activation): Weight {
  const sizes = [...weight.shape];
  while (sizes.length > shape.length && sizes[0] === 1) sizes.shift();
  if (sizes.length > shape.length) throw call.problem(`cannot join shapes [${shape}] and [${weight.shape}]`);
  return reshapedWeight(weight, sizes.length > 0 ? sizes : [1]);
}

function arithmetic(by: MergeSpec['by']): Operator {
  return (call) => {
    const [a, b] = [call.input(0), call.input(1)];
    if (a.kind === 'activation' && b.kind === 'activation') return call.emit({ type: 'merge', by }, [a, b]);
    const [value, constant] = a.kind === 'activation' ? [a, b as Constant] : [b as Activation, a];
    const weight = besides(call, constant, value);
    const mapped = (change: (value: number) => number) =>
      combinedWeight(weight.shape, [weight], ([each]) => change(each), [0]);
    const isFirst = a.kind === 'activation';
    const affine = (scale: Weight | null, shift: Weight | null) =>
      call.emit({ type: 'affine', scale, shift }, [value]);
    if (by === 'add') return affine(null, weight);
    if (by === 'multiply') return affine(weight, null);
    if (by === 'subtract')
      return isFirst
        ? affine(
            null,
            mapped((each) => -each),
          )
        : affine(
            mapped(() => -1),
            weight,
          );
    if (by === 'divide' && isFirst)
      return affine(
        mapped((each) => 1 / each),
        null,
      );
    if ((by === 'maximum' || by === 'minimum') && sizeOf(weight.shape) === 1) {
      const [bound] = weight.read();
      const [minimum, maximum] =
        by === 'maximum' ? [bound, Number.POSITIVE_INFINITY] : [Number.NEGATIVE_INFINITY, bound];
      return call.emit({ type: 'activation', activation: { name: 'clip', minimum, maximum } }, [value]);
    }
    throw call.problem('computes with a constant in a way that is not read');
  };
}

function normalisation(call: Call): Activation {
  assertChannelsLast(call);
  if (call.flagOr('is_training', true)) throw call.problem('is in training mode');
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((i) => call.constant(i).weight);
  const epsilon = call.float('epsilon', 1e-4);
  return call.emit(batchNormalisation({ gamma, beta, mean, variance, epsilon }), [call.activation(0)]);
}

function elementwise(activation: ActivationFunction<Weight>): Operator {
  return (call) => call.emit({ type: 'activation', activation }, [call.activation(0)]);
}

function pooling(by: 'maximum' | 'average'): Operator {
  return (call) => {
    assertChannelsLast(call);
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
      [call.activation(0)],
    );
  };
}

function reduction(by: 'mean' | 'maximum' | 'sum'): Operator {
  return (call) => {
    const input = call.activation(0);
    const axes = call.numbers(1).map((axis) => call.axis(axis, input));
    return call.emit({ type: 'reduce', by, axes, keep: call.flag('keep_dims') }, [input]);
  };
}

function concatenation(call: Call): Activation {
  const count = call.all.length - 1;
  const inputs = Array.from({ length: count }, (_, i) => call.activation(i));
  const axis = call.axis(call.numbers(count)[0], call.activation(0));
  return call.emit({ type: 'concatenate', axis }, inputs);
}

function padding(call: Call): Activation {
  const [batch, , top, bottom, left, right, ...channels] = call.numbers(1);
  const isZero = call.operation !== 'PadV2' || call.numbers(2)[0] === 0;
  const isMirror = call.operation === 'MirrorPad';
  if (batch !== 0 || channels.some((each) => each !== 0) || right === undefined || !isZero) {
    throw call.problem('pads other than rows and columns with zeros, which is not read');
  }
  if (isMirror && call.text('mode', 'REFLECT') !== 'REFLECT')
    throw call.problem('mirrors in a way that is not read');
  const sides = { top, bottom, left, right };
  return call.emit({ type: 'padding', sides, by: isMirror ? 'reflection' : 'zeros' }, [call.activation(0)]);
}

const reshaped = (call: Call, shape: Shape): Activation =>
  call.emit({ type: 'reshape', shape: shape.length > 0 ? shape : [-1] }, [call.activation(0)]);

function squeeze(call: Call): Activation {
  const input = call.activation(0);
  const named = [...call.ints('squeeze_dims'), ...call.ints('axis')].map((axis) => call.axis(axis, input));
  return reshaped(
    call,
    input.shape.filter((size, axis) => size !== 1 || (named.length > 0 && !named.includes(axis))),
  );
}

function expansion(call: Call): Activation {
  const { shape } = call.activation(0);
  const [axis] = call.numbers(1);
  const place = axis < 0 ? axis + shape.length + 1 : axis - 1;
  if (!(place >= 0 && place <= shape.length)) throw call.problem('adds an axis before the batch');
  return reshaped(call, [...shape.slice(0, place), 1, ...shape.slice(place)]);
}

function transposition(call: Call): Activation {
  const [batch, ...axes] = call.numbers(1);
  if (batch !== 0) throw call.problem('turns the batch');
  return call.emit({ type: 'transpose', permutation: axes.map((axis) => axis - 1) }, [call.activation(0)]);
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
    return call.emit({ type: 'resize', by, to, coordinates, rounding }, [call.activation(0)]);
  };
}

/** A part of a shape: the one use it has in networks without code. */
function part(call: Call): Constant {
  const values = call.numbers(0);
  const [[begin], [end], [step]] = [call.numbers(1), call.numbers(2), call.numbers(3)];
  const from = call.int('begin_mask', 0) & 1 ? 0 : begin;
  const to = call.int('end_mask', 0) & 1 ? values.length : end;
  if (step !== 1) throw call.problem('takes every other number of a shape');
  const isOne = (call.int('shrink_axis_mask', 0) & 1) === 1;
  const taken = isOne ? values.slice(from).slice(0, 1) : values.slice(from, to);
  return sizesOf(call.name, isOne ? [] : [taken.length], taken);
}
