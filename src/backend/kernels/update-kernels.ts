import * as tf from '@tensorflow/tfjs-core';
import { type Activation, activationCode, FLOAT } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import { type Kernel, type KernelOfMany, type KernelParameters, makeFloats } from './replace-kernel';

/** Elementwise work of a training step in one pass, on the threads of our kernels; see `assembly/update.ts`. */

/** Our names of the kernels; `training-kernels.ts` says what they do. */
export const ADAM_STEP = 'AdamStep';
export const DESCENT_STEP = 'DescentStep';
export const ACTIVATION_GRADIENT = 'ActivationGradient';

/** Numbers of a task at least: less is done before another thread wakes up. */
const SMALLEST_BLOCK = 2 ** 14;

/** Tensors that a job reads. */
interface Addresses {
  value: tf.TensorInfo;
  gradient?: tf.TensorInfo;
  first?: tf.TensorInfo;
  second?: tf.TensorInfo;
}

/** @param choice which function is meant, where the job knows several */
export function performUpdate(
  machine: Machine,
  kind: JobKind,
  read: Addresses,
  filled: { value: tf.TensorInfo; first?: tf.TensorInfo; second?: tf.TensorInfo },
  { coefficients = 0, choice = 0 } = {},
): void {
  const size = tf.util.sizeFromShape(read.value.shape);
  if (size === 0) return;
  const tasks = Math.max(1, Math.min(2 * machine.threads, Math.floor(size / SMALLEST_BLOCK)));
  const block = Math.ceil(size / tasks / 4) * 4;
  const addressOf = (tensor?: tf.TensorInfo) => (tensor ? machine.addressOf(tensor) : 0);
  machine.perform(
    kind,
    [
      ...[size, block, addressOf(read.value), addressOf(read.gradient), addressOf(read.first)],
      read.second ? addressOf(read.second) : choice,
      ...[addressOf(filled.value), addressOf(filled.first), addressOf(filled.second), coefficients],
    ],
    Math.ceil(size / block),
  );
}

function withCoefficients(machine: Machine, numbers: number[], work: (address: number) => void): void {
  machine.lend(numbers.length * FLOAT, (address) => {
    machine.floats(address, numbers.length).set(numbers);
    work(address);
  });
}

export interface AdamAttributes {
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  decay: number;
  step: number;
}

/** Inputs value, gradient, first and second; outputs the new value, first and second. */
export const adamStepKernel: KernelOfMany = ({ inputs, attrs, backend }) => {
  const machine = machineOf(backend);
  const { rate, beta1, beta2, epsilon, decay, step } = attrs as AdamAttributes;
  const { shape } = inputs.value;
  const [value, first, second] = [0, 1, 2].map(() => makeFloats(backend, shape));
  const corrections = [1 - beta1 ** step, 1 - beta2 ** step];
  withCoefficients(
    machine,
    [
      ...[beta1, 1 - beta1, beta2, 1 - beta2],
      ...[rate / corrections[0], 1 / corrections[1], epsilon, 1 - rate * decay],
    ],
    (coefficients) =>
      performUpdate(
        machine,
        JobKind.adam,
        inputs as unknown as Addresses,
        { value, first, second },
        { coefficients },
      ),
  );
  return [value, first, second];
};

export interface DescentAttributes {
  rate: number;
  momentum: number;
  decay: number;
}

/** Inputs value, gradient and velocity; outputs the new value and velocity. */
export const descentStepKernel: KernelOfMany = ({ inputs, attrs, backend }) => {
  const machine = machineOf(backend);
  const { rate, momentum, decay } = attrs as DescentAttributes;
  const { value: old, gradient, velocity } = inputs;
  const [value, first] = [0, 1].map(() => makeFloats(backend, old.shape));
  withCoefficients(machine, [momentum, rate, 1 - rate * decay], (coefficients) =>
    performUpdate(
      machine,
      JobKind.descent,
      { value: old, gradient, first: velocity },
      { value, first },
      { coefficients },
    ),
  );
  return [value, first];
};

/** Inputs dy and the activation's output; the gradient in front of the activation. */
export const activationGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { dy, output } = inputs;
  const { activation } = attrs as { activation: Activation };
  const value = makeFloats(backend, dy.shape);
  performUpdate(
    machineOf(backend),
    JobKind.gate,
    { value: output, gradient: dy },
    { value },
    { choice: activationCode[activation] },
  );
  return value;
};

/** Input x; its activation. */
export function activate({ inputs, backend }: KernelParameters, activation: Activation): tf.TensorInfo {
  const value = makeFloats(backend, inputs.x.shape);
  performUpdate(
    machineOf(backend),
    JobKind.activate,
    { value: inputs.x },
    { value },
    { choice: activationCode[activation] },
  );
  return value;
}
