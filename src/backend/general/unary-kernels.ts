import * as tf from '@tensorflow/tfjs-core';
import { functionOf } from '../kernels/function-kernels';
import type { Kernel } from '../kernels/replace-kernel';
import type { TensorMemory } from '../memory/tensor-memory';

/** Functions of single numbers: those that networks are made of in compiled kernels, the others number by number in float64. */

type PlainFunction = (x: number) => number;

const half = (x: number) => {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
};

/** What compiled kernels make of float32; the same of other types. */
const compiled: Record<string, [Parameters<typeof functionOf>[1], PlainFunction]> = {
  [tf.Neg]: ['negative', (x) => -x],
  [tf.Abs]: ['absolute', Math.abs],
  [tf.Sign]: ['sign', Math.sign],
  [tf.Square]: ['square', (x) => x * x],
  [tf.Sqrt]: ['root', Math.sqrt],
  [tf.Rsqrt]: ['inverseRoot', (x) => 1 / Math.sqrt(x)],
  [tf.Reciprocal]: ['reciprocal', (x) => 1 / x],
  [tf.Round]: ['round', half],
  [tf.Floor]: ['floor', Math.floor],
  [tf.Ceil]: ['ceiling', Math.ceil],
  [tf.Log]: ['logarithm', Math.log],
  [tf.Tanh]: ['tangent', Math.tanh],
  [tf.Sigmoid]: ['sigmoid', (x) => 1 / (1 + Math.exp(-x))],
  [tf.Softplus]: ['softplus', (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))],
  [tf.Elu]: ['elu', (x) => (x >= 0 ? x : Math.expm1(x))],
  [tf.Selu]: [
    'selu',
    (x) => (x >= 0 ? tf.backend_util.SELU_SCALE * x : tf.backend_util.SELU_SCALEALPHA * Math.expm1(x)),
  ],
  [tf.Exp]: ['exponential', Math.exp],
};

const plain: Record<string, PlainFunction> = {
  [tf.Sin]: Math.sin,
  [tf.Cos]: Math.cos,
  [tf.Tan]: Math.tan,
  [tf.Asin]: Math.asin,
  [tf.Acos]: Math.acos,
  [tf.Atan]: Math.atan,
  [tf.Sinh]: Math.sinh,
  [tf.Cosh]: Math.cosh,
  [tf.Asinh]: Math.asinh,
  [tf.Acosh]: Math.acosh,
  [tf.Atanh]: Math.atanh,
  [tf.Expm1]: Math.expm1,
  [tf.Log1p]: Math.log1p,
};

const questions: Record<string, PlainFunction> = {
  [tf.IsNan]: (x) => Number(Number.isNaN(x)),
  [tf.IsFinite]: (x) => Number(Number.isFinite(x)),
  [tf.IsInf]: (x) => Number(Math.abs(x) === Number.POSITIVE_INFINITY),
  [tf.LogicalNot]: (x) => Number(x === 0),
};

function numberByNumber(
  { inputs: { x }, backend }: Parameters<Kernel>[0],
  dtype: tf.DataType,
  of: PlainFunction,
): tf.TensorInfo {
  const memory = backend as TensorMemory;
  const output = memory.make(x.shape, dtype);
  const [from, to] = [memory.valuesOf(x), memory.valuesOf(output)];
  for (let i = 0; i < to.length; i++) to[i] = of(from[i]);
  return output;
}

const kernelsOf = <Entry>(entries: Record<string, Entry>, kernelOf: (entry: Entry) => Kernel) =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, kernelOf(entry)]));

export const unaryKernels: Record<string, Kernel> = {
  ...kernelsOf(compiled, ([which, of]) => (parameters) => {
    const { x } = parameters.inputs;
    return x.dtype === 'float32'
      ? functionOf(parameters.backend, which, x)
      : numberByNumber(parameters, x.dtype, of);
  }),
  ...kernelsOf(plain, (of) => (parameters) => numberByNumber(parameters, 'float32', of)),
  ...kernelsOf(questions, (of) => (parameters) => numberByNumber(parameters, 'bool', of)),
  [tf.Erf]: ({ inputs: { x }, backend }) => functionOf(backend, 'erf', x),
  [tf.LeakyRelu]: ({ inputs: { x }, attrs, backend }) =>
    functionOf(backend, 'leaky', x, [(attrs as tf.LeakyReluAttrs).alpha, 0]),
  [tf.Step]: ({ inputs: { x }, attrs, backend }) =>
    functionOf(backend, 'step', x, [(attrs as tf.StepAttrs).alpha, 0]),
  [tf.ClipByValue]: (parameters) => {
    const { x } = parameters.inputs;
    const { clipValueMin: least, clipValueMax: most } = parameters.attrs as tf.ClipByValueAttrs;
    if (x.dtype === 'float32') return functionOf(parameters.backend, 'clip', x, [least, most]);
    return numberByNumber(parameters, x.dtype, (value) => Math.min(Math.max(value, least), most));
  },
};
