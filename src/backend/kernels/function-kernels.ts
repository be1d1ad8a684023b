import type * as tf from '@tensorflow/tfjs-core';
import { FLOAT } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { type Kernel, makeFloats } from './replace-kernel';
import { performUpdate } from './update-kernels';

/** Functions of single numbers, and gradients of the smooth ones, on our own threads; see `fast-convolution/assembly/functions.ts`. */

/** Functions as the kernels number them. */
export const functionCode = {
  gelu: 0,
  'gelu-tanh': 1,
  swish: 2,
  exponential: 3,
  erf: 4,
  negative: 5,
  absolute: 6,
  sign: 7,
  square: 8,
  root: 9,
  inverseRoot: 10,
  reciprocal: 11,
  round: 12,
  floor: 13,
  ceiling: 14,
  logarithm: 15,
  tangent: 16,
  sigmoid: 17,
  softplus: 18,
  elu: 19,
  selu: 20,
  clip: 21,
  leaky: 22,
  step: 23,
} as const;

/** Those that have a kernel for their gradient as well. */
export type SmoothFunction = 'gelu' | 'gelu-tanh' | 'swish';

/** Our names of the kernels; `smooth-operations.ts` says what they do. */
export const SMOOTH_FUNCTION = 'SmoothFunction';
export const SMOOTH_FUNCTION_GRADIENT = 'SmoothFunctionGradient';

/**
 * f(x), number by number.
 * @param x float32
 * @param coefficients two numbers, where the function has some: bounds, or a slope or value below 0
 */
export function functionOf(
  backend: unknown,
  which: keyof typeof functionCode,
  x: tf.TensorInfo,
  coefficients?: [number, number],
): tf.TensorInfo {
  const output = makeFloats(backend, x.shape);
  const machine = machineOf(backend);
  const choice = functionCode[which];
  const perform = (address: number) =>
    performUpdate(
      machine,
      JobKind.function,
      { value: x },
      { value: output },
      { choice, coefficients: address },
    );
  if (!coefficients) perform(0);
  else {
    machine.lend(2 * FLOAT, (address) => {
      machine.floats(address, 2).set(coefficients);
      perform(address);
    });
  }
  return output;
}

/** Input x. */
export const smoothFunctionKernel: Kernel = ({ inputs: { x }, attrs, backend }) =>
  functionOf(backend, (attrs as { which: SmoothFunction }).which, x);

/** Inputs dy and x. */
export const smoothFunctionGradientKernel: Kernel = ({ inputs: { dy, x }, attrs, backend }) => {
  const output = makeFloats(backend, x.shape);
  performUpdate(
    machineOf(backend),
    JobKind.slope,
    { value: x, gradient: dy },
    { value: output },
    { choice: functionCode[(attrs as { which: SmoothFunction }).which] },
  );
  return output;
};
