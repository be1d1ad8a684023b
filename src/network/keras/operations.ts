import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import type { Activation } from '../ops/activation';
import type { MergeSpec } from '../ops/merge';
import type { ReduceSpec } from '../ops/reduce';
import { combinedWeight, reshapedWeight, scalarWeight } from '../weights';
import { type Argument, type Call, Numbers, numbersOf, Read } from './calls';
import { axesOf } from './keras-axes';
import { LARGEST, unitLength } from './keras-normalisations';
import { type LayerConfig, shortened } from './layer-config';
import { pooling } from './pooling-layers';
import type { Part } from './steps';
import { inWordsOfKeras3 } from './tensorflow-functions';
import { assertBatchFirst, readsMovedBatch, tokenFunctions } from './tokens/token-functions';
import { type Translate, type Translation, unary } from './unary';

type Json = Readonly<Record<string, unknown>>;
type Spec = OperationSpec<Weight>;

/** A function that a model calls beside its layers, in the words of Keras 3. */
export interface FunctionCall {
  /** `Add`, `Mean`, `GetItem`...; what is none of `keras.ops` keeps the name it has in the file. */
  readonly className: string;
  /** What it was given beside its operands, by name. */
  readonly config: Json;
  readonly operands: readonly Argument[];
}

/** Names of the operands where they are given by name. */
const operandNames = ['x', 'x1', 'x2', 'y', 'bias', 'xs'];

/** One call of a function with its arguments sorted: tensors and constants it computes with, and all others. */
export function functionCall(className: string, config: Json, call: Call): FunctionCall {
  if (className === 'TFOpLambda' || className === 'SlicingOpLambda') {
    return sorted(inWordsOfKeras3(String(config.function), call), { name: config.name });
  }
  return sorted({ className, call }, config);
}

function sorted({ className, call }: { className: string; call: Call }, config: Json): FunctionCall {
  const { args, kwargs } = call;
  const named = operandNames.filter((name) => kwargs[name] !== undefined && kwargs[name] !== null);
  const others = Object.entries(kwargs).filter(([name]) => !named.includes(name));
  return {
    className,
    config: { ...config, ...Object.fromEntries(others) },
    operands: [...args, ...named.map((name) => kwargs[name])],
  };
}

const activation = (of: Activation<Weight>): Spec => ({ type: 'activation', activation: of });

const elementwise = (of: Activation<Weight>) => unary(() => activation(of));

/** The constant in a function of a tensor and a constant, and whether it comes first; null where both are tensors. */
function constantOf(layer: LayerConfig, operands: readonly Argument[]) {
  const [a, b] = operands;
  if (operands.length !== 2) {
    throw layer.fail(
      `is given ${operands.length === 1 ? 'a single operand' : `${operands.length} operands`} instead of two: the file does not hold what the tensor is joined with. Save the model again, with model.save('model.keras').`,
    );
  }
  if (a instanceof Read && b instanceof Read) return null;
  const isFirst = !(a instanceof Read);
  const weight = constantWeight(layer, isFirst ? a : b);
  return { isFirst, weight, number: weight.shape.length === 0 ? weight.read()[0] : null };
}

/** A number or an array of them, without the axis of the batch. */
function constantWeight(layer: LayerConfig, value: Argument): Weight {
  let weight: Weight;
  if (value instanceof Numbers) weight = value.weight;
  else if (typeof value === 'number' || Array.isArray(value)) weight = numbersOf(value);
  else throw layer.fail(`computes with ${shortened(value)}, which is neither a tensor nor numbers.`);
  const { shape } = weight;
  if (shape.length <= layer.rank) return weight;
  if (shape.length > layer.rank + 1 || shape[0] !== 1) {
    throw layer.fail(`computes with an array of shape [${shape}], which has other numbers a picture.`);
  }
  return reshapedWeight(weight, shape.slice(1));
}

/** A weight as the operations take it: one number is a list of one. */
const listed = (weight: Weight) => (weight.shape.length === 0 ? reshapedWeight(weight, [1]) : weight);

const mapped = (weight: Weight, change: (value: number) => number) =>
  combinedWeight(listed(weight).shape, [weight], ([value]) => change(value), [0]);

/** A function of two tensors, or of a tensor and a constant. */
const binary =
  (
    by: MergeSpec['by'] | null,
    constant: (weight: Weight, isFirst: boolean, layer: LayerConfig) => Spec | Spec[],
  ): Translate =>
  (layer, operands) => {
    const given = constantOf(layer, operands);
    if (given) return constant(given.weight, given.isFirst, layer);
    if (by === null) throw layer.fail('takes the power of two tensors, which cannot be read.');
    return { type: 'merge', by };
  };

const affine = (scale: Weight | null, shift: Weight | null): Spec => ({ type: 'affine', scale, shift });

const divide = binary('divide', (weight, isFirst) =>
  isFirst
    ? [activation({ name: 'reciprocal' }), affine(listed(weight), null)]
    : affine(
        mapped(weight, (value) => 1 / value),
        null,
      ),
);

/** The larger or smaller of a tensor and a number. */
const bound = (by: 'maximum' | 'minimum') =>
  binary(by, (weight, _, layer) => {
    if (weight.shape.reduce((product, size) => product * size, 1) !== 1) {
      throw layer.fail(
        'takes the larger or smaller of a tensor and an array of numbers, which cannot be read.',
      );
    }
    const [number] = weight.read();
    if (by === 'maximum' && number === 0) return activation({ name: 'relu' });
    return activation({
      name: 'clip',
      minimum: by === 'maximum' ? number : -LARGEST,
      maximum: by === 'maximum' ? LARGEST : number,
    });
  });

const power = binary(null, (weight, isFirst, layer) => {
  if (weight.shape.reduce((product, size) => product * size, 1) !== 1) {
    throw layer.fail('has several exponents or bases, which cannot be read.');
  }
  const [number] = weight.read();
  if (!isFirst) return activation({ name: 'power', exponent: number });
  if (!(number > 0)) throw layer.fail(`takes powers of ${number}, which cannot be read.`);
  return [affine(scalarWeight(Math.log(number)), null), activation({ name: 'exponential' })];
});

const reduction = (by: ReduceSpec['by'] | 'minimum') =>
  unary((layer) => {
    if (!layer.has('axis')) throw layer.fail('mixes the pictures of a batch: it has no axis.');
    layer.expect('initial', null);
    const keep = layer.flag('keepdims', false);
    const axes = axesOf(layer, 'axis');
    if (by !== 'minimum') return { type: 'reduce', by, axes, keep };
    const negated = activation({ name: 'negate' });
    return [negated, { type: 'reduce', by: 'maximum', axes, keep }, negated];
  });

/** Another shape, whose first axis is that of the pictures: left open, or as many as the file is for. */
const reshaped: Translate = (layer, operands) => {
  const [batch, ...shape] = layer.numbers('newshape');
  const [given] = operands;
  const isAll = batch === -1 || (given instanceof Read && batch === given.batch);
  const left = shape.filter((size) => size === -1).length;
  if (!isAll || left > (batch === -1 ? 0 : 1)) {
    throw layer.fail(
      `brings its input into shape [${[batch, ...shape]}], which may mix the pictures of a batch.`,
    );
  }
  const known = shape.reduce((product, size) => product * (size === -1 ? 1 : size), 1);
  const whole = () => layer.sizes().reduce((product, size) => product * size, 1);
  const sizes = shape.map((size) => (size === -1 ? whole() / known : size));
  return unary(() => ({ type: 'reshape', shape: sizes }))(layer, operands);
};

/** Tensors of a function that takes a list of them. */
function assertTensors(layer: LayerConfig, operands: readonly Argument[]) {
  const all = operands.flat();
  if (all.length === 0 || !all.every((each) => each instanceof Read)) {
    throw layer.fail('joins a tensor with constants, which cannot be read.');
  }
}

/** Tensors and arrays of numbers, one behind the other along an axis. */
const concatenated: Translate = (layer, operands) => {
  const axis = axesOf(layer, 'axis')[0];
  const all = operands.flat() as Argument[];
  const tensors = all.filter((each) => each instanceof Read);
  if (tensors.length === 0) assertTensors(layer, operands);
  if (tensors.length === all.length) return { type: 'concatenate', axis };
  let read = 0;
  const parts: Part[] = [];
  const inputs = all.map((each, i) => {
    if (each instanceof Read) return read++;
    const value = constantWeight(layer, each);
    if (value.shape.length !== layer.rank)
      throw layer.fail(`joins a tensor with an array of shape [${value.shape}].`);
    const name = `constant ${i + 1}`;
    parts.push({ name, inputs: [0], spec: { type: 'constant', value } });
    return name;
  });
  return {
    parts: [...parts, { name: 'all', inputs, spec: { type: 'concatenate', axis } }],
    outputs: ['all'],
  };
};

const padded = unary((layer) => {
  layer.expect('constant_values', layer.value('constant_values') === 0 ? 0 : null);
  const mode = String(layer.value('mode') ?? 'constant').toLowerCase();
  const widths = layer.value('pad_width');
  const pairs = Array.isArray(widths) ? widths : [];
  const isSound = pairs.every(
    (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 0),
  );
  const [batch, rows, columns, channels] = pairs as [number, number][];
  if (pairs.length !== 4 || !isSound || [...batch, ...channels].some((n) => n !== 0)) {
    throw layer.fail(`pads by ${shortened(widths)}; rows and columns of a map can be read.`);
  }
  if (mode !== 'constant' && mode !== 'reflect')
    throw layer.fail(`pads by ${shortened(mode)}, which cannot be read.`);
  const sides = { top: rows[0], bottom: rows[1], left: columns[0], right: columns[1] };
  return { type: 'padding', by: mode === 'constant' ? 'zeros' : 'reflection', sides };
});

const halfPixels = { coordinates: 'half-pixel', rounding: 'round-prefer-ceil' } as const;

/** The functions of `keras.ops` that are read. */
const functions: Readonly<Record<string, Translate>> = {
  ...tokenFunctions,
  Add: binary('add', (weight) => affine(null, listed(weight))),
  Subtract: binary('subtract', (weight, isFirst) =>
    isFirst
      ? affine(scalarWeight(-1), listed(weight))
      : affine(
          null,
          mapped(weight, (value) => -value),
        ),
  ),
  Multiply: binary('multiply', (weight) => affine(listed(weight), null)),
  Divide: divide,
  TrueDivide: divide,
  Maximum: bound('maximum'),
  Minimum: bound('minimum'),
  Power: power,
  BiasAdd: binary('add', (weight) => affine(null, listed(weight))),
  Negative: elementwise({ name: 'negate' }),
  Absolute: elementwise({ name: 'abs' }),
  Abs: elementwise({ name: 'abs' }),
  Square: elementwise({ name: 'square' }),
  Sqrt: elementwise({ name: 'sqrt' }),
  Rsqrt: elementwise({ name: 'power', exponent: -0.5 }),
  Reciprocal: elementwise({ name: 'reciprocal' }),
  Exp: elementwise({ name: 'exponential' }),
  Log: elementwise({ name: 'log' }),
  Erf: elementwise({ name: 'erf' }),
  Tanh: elementwise({ name: 'tanh' }),
  Sigmoid: elementwise({ name: 'sigmoid' }),
  HardSigmoid: elementwise({ name: 'hard-sigmoid', slope: 1 / 6, offset: 0.5 }),
  Relu: elementwise({ name: 'relu' }),
  Relu6: elementwise({ name: 'relu6' }),
  Silu: elementwise({ name: 'swish' }),
  HardSilu: elementwise({ name: 'hard-swish' }),
  Selu: elementwise({ name: 'selu' }),
  Softplus: elementwise({ name: 'softplus' }),
  Softsign: elementwise({ name: 'softsign' }),
  Elu: unary((layer) => activation({ name: 'elu', alpha: layer.number('alpha', 1) })),
  LeakyRelu: unary((layer) =>
    activation({ name: 'leaky-relu', slope: layer.number('negative_slope', layer.number('alpha', 0.2)) }),
  ),
  Gelu: unary((layer) => activation({ name: layer.flag('approximate', true) ? 'gelu-tanh' : 'gelu' })),
  LogSoftmax: unary((layer) => {
    layer.alongChannels();
    return activation({ name: 'log-softmax' });
  }),
  Clip: unary((layer) => {
    const [minimum, maximum] = [layer.number('x_min', -LARGEST), layer.number('x_max', LARGEST)];
    return activation(
      minimum === 0 && maximum === 6 ? { name: 'relu6' } : { name: 'clip', minimum, maximum },
    );
  }),
  Identity: unary(() => ({ type: 'identity' })),
  StopGradient: unary(() => ({ type: 'identity' })),
  Cast: unary((layer) => {
    const to = layer.value('dtype');
    layer.ignore('dtype');
    if (!/^b?float(16|32|64)$/.test(String(to))) {
      throw layer.fail(`rounds its input to ${shortened(to)}, which cannot be read.`);
    }
    return { type: 'identity' };
  }),
  Mean: reduction('mean'),
  Sum: reduction('sum'),
  Normalize: unary((layer) =>
    unitLength(layer.expect('order', 2), layer.number('epsilon', layer.generation === 3 ? 1e-7 : 1e-12)),
  ),
  Max: reduction('maximum'),
  Amax: reduction('maximum'),
  Min: reduction('minimum'),
  Amin: reduction('minimum'),
  Reshape: reshaped,
  ExpandDims: unary((layer) => ({
    type: 'axes',
    removed: [],
    inserted: axesOf(layer, 'axis', layer.rank + 1).sort((a, b) => a - b),
  })),
  Squeeze: unary((layer) => ({ type: 'axes', removed: axesOf(layer, 'axis'), inserted: [] })),
  Flip: unary((layer) => {
    const turned = axesOf(layer, 'axis');
    const each = <T>(value: (axis: number) => T) =>
      Array.from({ length: layer.rank }, (_, axis) => value(axis));
    return {
      type: 'slice',
      begin: each(() => 0),
      end: each(() => null),
      steps: each((axis) => (turned.includes(axis) ? -1 : 1)),
    };
  }),
  Concatenate: concatenated,
  AveragePool: unary(pooling('average')),
  MaxPool: unary(pooling('maximum')),
  Stack: (layer, operands) => {
    assertTensors(layer, operands);
    const [axis] = axesOf(layer, layer.has('axis') ? 'axis' : 'no axis', layer.rank + 1);
    return {
      each: [{ type: 'axes', removed: [], inserted: [axis] }],
      joined: [{ type: 'concatenate', axis }],
    };
  },
  Pad: padded,
  Resize: unary((layer) => {
    const by = String(layer.value('interpolation') ?? 'bilinear');
    if (by !== 'nearest' && by !== 'bilinear')
      throw layer.fail(`interpolates by ${shortened(by)}, which cannot be read.`);
    layer.channelsLast().expect('antialias', false).ignore('fill_mode', 'fill_value');
    return { type: 'resize', by, to: { size: layer.pair('size', [0, 0]) }, ...halfPixels };
  }),
};

/** @throws NetworkError naming the function where it cannot be read */
export function translateFunction(layer: LayerConfig, operands: readonly Argument[]): Translation {
  const found = Object.hasOwn(functions, layer.className) ? functions[layer.className] : null;
  if (!found) {
    throw layer.fail(
      'is a function that cannot be read. Put a layer of Keras in its place and save the model again.',
    );
  }
  if (!readsMovedBatch(layer.className)) assertBatchFirst(layer);
  return found(layer, operands);
}
