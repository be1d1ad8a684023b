import { type Argument, type Call, Numbers, Read } from './calls';

/** TensorFlow's functions, as Keras 2 writes them, in the words of `keras.ops`. */
const names: Readonly<Record<string, string>> = {
  '__operators__.add': 'Add',
  '__operators__.getitem': 'GetItem',
  add: 'Add',
  subtract: 'Subtract',
  multiply: 'Multiply',
  divide: 'Divide',
  'math.add': 'Add',
  'math.subtract': 'Subtract',
  'math.multiply': 'Multiply',
  'math.truediv': 'TrueDivide',
  'math.divide': 'Divide',
  'math.maximum': 'Maximum',
  'math.minimum': 'Minimum',
  'math.pow': 'Power',
  'math.negative': 'Negative',
  'math.abs': 'Absolute',
  'math.square': 'Square',
  'math.sqrt': 'Sqrt',
  'math.rsqrt': 'Rsqrt',
  'math.reciprocal': 'Reciprocal',
  'math.exp': 'Exp',
  'math.log': 'Log',
  'math.erf': 'Erf',
  'math.tanh': 'Tanh',
  'math.sigmoid': 'Sigmoid',
  'math.softplus': 'Softplus',
  'math.l2_normalize': 'Normalize',
  'linalg.l2_normalize': 'Normalize',
  'math.reduce_mean': 'Mean',
  'math.reduce_sum': 'Sum',
  'math.reduce_max': 'Max',
  'math.reduce_min': 'Min',
  'nn.relu': 'Relu',
  'nn.relu6': 'Relu6',
  'nn.silu': 'Silu',
  'nn.swish': 'Silu',
  'nn.gelu': 'Gelu',
  'nn.elu': 'Elu',
  'nn.selu': 'Selu',
  'nn.leaky_relu': 'LeakyRelu',
  'nn.sigmoid': 'Sigmoid',
  'nn.tanh': 'Tanh',
  'nn.softplus': 'Softplus',
  'nn.softsign': 'Softsign',
  'nn.softmax': 'Softmax',
  'nn.log_softmax': 'LogSoftmax',
  'nn.bias_add': 'BiasAdd',
  clip_by_value: 'Clip',
  cast: 'Cast',
  identity: 'Identity',
  stop_gradient: 'StopGradient',
  concat: 'Concatenate',
  stack: 'Stack',
  reverse: 'Flip',
  reshape: 'Reshape',
  transpose: 'Transpose',
  'compat.v1.transpose': 'Transpose',
  expand_dims: 'ExpandDims',
  squeeze: 'Squeeze',
  'compat.v1.squeeze': 'Squeeze',
  'image.resize': 'Resize',
  pad: 'Pad',
  'compat.v1.pad': 'Pad',
  matmul: 'Matmul',
  'linalg.matmul': 'Matmul',
  einsum: 'Einsum',
  split: 'Split',
  unstack: 'Unstack',
  tile: 'Tile',
  repeat: 'Repeat',
  roll: 'Roll',
  'linalg.einsum': 'Einsum',
  zeros_like: 'ZerosLike',
  ones_like: 'OnesLike',
};

/** Arguments that have another name in `keras.ops`. */
const renamed: Readonly<Record<string, string>> = {
  clip_value_min: 'x_min',
  clip_value_max: 'x_max',
  shape: 'newshape',
  perm: 'axes',
  paddings: 'pad_width',
  slice_spec: 'key',
  features: 'x',
  logits: 'x',
  input: 'x',
  tensor: 'x',
  input_tensor: 'x',
  value: 'x',
  values: 'xs',
  keep_dims: 'keepdims',
  images: 'x',
  method: 'interpolation',
};

/** What TensorFlow takes where nothing is said, where it is not what Keras takes. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Gelu: { approximate: false },
  Stack: { axis: 0 },
};

/** `Subtract` of `math.subtract`, with the arguments of the call under the names they have there. */
export function inWordsOfKeras3(name: string, { args, kwargs }: Call): { className: string; call: Call } {
  const className = Object.hasOwn(names, name) ? names[name] : name;
  const told = Object.entries(kwargs)
    // How a transposed matrix of complex numbers is taken: of real ones in the same way.
    .filter(([key, value]) => key !== 'name' && !(key === 'conjugate' && value === false))
    .map(([key, value]): [string, Argument] => [renamed[key] ?? key, value]);
  const isJoin = className === 'Concatenate' || className === 'Stack';
  const isTensor = (value: Argument) => value instanceof Read || value instanceof Numbers;
  return {
    className,
    call: {
      args: isJoin && args.every(isTensor) ? [args] : args,
      kwargs: { ...defaults[className], ...Object.fromEntries(told) },
    },
  };
}
