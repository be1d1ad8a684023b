import type * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import { type Kernel, makeFloats } from './replace-kernel';
import { performUpdate } from './update-kernels';

/**
 * Smooth functions of single numbers, and their gradients, on our own threads; see `fast-convolution/assembly/functions.ts`. The
 * stock kernels of exponential and error function take 20 to 30 ns a number, one after the other.
 */

/** Functions as the kernels number them. */
const functionCode = { gelu: 0, 'gelu-tanh': 1, swish: 2, exponential: 3, erf: 4 } as const;

/** Those that have a kernel for their gradient as well. */
export type SmoothFunction = 'gelu' | 'gelu-tanh' | 'swish';

/** Our names of the kernels; `smooth-operations.ts` says what they do. */
export const SMOOTH_FUNCTION = 'SmoothFunction';
export const SMOOTH_FUNCTION_GRADIENT = 'SmoothFunctionGradient';

function perform(
  kind: JobKind,
  backend: unknown,
  which: keyof typeof functionCode,
  x: tf.TensorInfo,
  change?: tf.TensorInfo,
): tf.TensorInfo {
  const output = makeFloats(backend, x.shape);
  performUpdate(
    machineOf(backend) as Machine,
    kind,
    { value: x, gradient: change },
    { value: output },
    { choice: functionCode[which] },
  );
  return output;
}

const inThePlaceOf =
  (which: keyof typeof functionCode) =>
  (stock: Kernel): Kernel =>
  (parameters) => {
    const { x } = parameters.inputs;
    if (!machineOf(parameters.backend) || x.dtype !== 'float32') return stock(parameters);
    return perform(JobKind.function, parameters.backend, which, x);
  };

/** In the place of `Exp`. */
export const exponentialKernel = inThePlaceOf('exponential');

/** In the place of `Erf`. */
export const errorFunctionKernel = inThePlaceOf('erf');

/** Input x. */
export const smoothFunctionKernel: Kernel = ({ inputs: { x }, attrs, backend }) =>
  perform(JobKind.function, backend, (attrs as { which: SmoothFunction }).which, x);

/** Inputs dy and x. */
export const smoothFunctionGradientKernel: Kernel = ({ inputs: { dy, x }, attrs, backend }) =>
  perform(JobKind.slope, backend, (attrs as { which: SmoothFunction }).which, x, dy);
