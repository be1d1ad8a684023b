import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { createOperation, type OperationSpec, shapeOf } from '..';
import type { Operation } from '../operation';
import { innerProduct, type Numbers, randomNumbers } from './reference';

export const tensorOf = ({ shape, values }: Numbers) => tf.tensor(Float32Array.from(values), shape);

/** Forward and backward pass of an operation; checks shapes and that no tensor is left behind. */
export function runOperation(spec: OperationSpec<tf.Tensor>, inputs: readonly Numbers[], seed = 1) {
  const before = tf.memory().numTensors;
  const operation: Operation = createOperation(spec);
  const tensors = inputs.map(tensorOf);
  const output = operation.forward(tensors);
  const expected = shapeOf(
    spec,
    inputs.map(({ shape }) => shape.slice(1)),
  );
  expect(output.shape).toEqual([inputs[0].shape[0], ...expected]);
  const dy = randomNumbers(output.shape, seed);
  const upstream = tensorOf(dy);
  const gradients = operation.backward(upstream, tensors, output);
  gradients.forEach((gradient, i) => {
    expect(gradient.shape).toEqual(inputs[i].shape);
  });
  if (!operation.isOpaque) expectMoving(operation, { inputs: tensors, output, dy: upstream, gradients });
  const result = {
    output: Float64Array.from(output.dataSync()),
    gradients: gradients.map((gradient) => Float64Array.from(gradient.dataSync())),
    dy,
  };
  tf.dispose([tensors, output, upstream, gradients]);
  operation.dispose?.();
  expect(tf.memory().numTensors).toBe(before);
  return result;
}

interface Run {
  inputs: tf.Tensor[];
  output: tf.Tensor;
  dy: tf.Tensor;
  gradients: tf.Tensor[];
}

/** Forward mode is the transpose of backward: <J v, dy> = <v, J' dy>; and what is left of the output without J x is its bias. */
function expectMoving(operation: Operation, { inputs, output, dy, gradients }: Run): void {
  tf.tidy(() => {
    const push = (tangents: tf.Tensor[]) =>
      operation.push?.(tangents, inputs, output) ?? operation.forward(tangents);
    const tangents = inputs.map(({ shape }, i) => tensorOf(randomNumbers(shape, 77 + i)));
    const pushed = push(tangents);
    expect(pushed.shape).toEqual(output.shape);
    const inner = (a: tf.Tensor, b: tf.Tensor) =>
      innerProduct(Float64Array.from(a.dataSync()), Float64Array.from(b.dataSync()));
    const forwards = inner(pushed, dy);
    const backwards = tangents.reduce((sum, v, i) => sum + inner(v, gradients[i]), 0);
    const scale = Math.max(1, inner(tf.abs(pushed), tf.abs(dy)));
    expect(Math.abs(forwards - backwards) / scale).toBeLessThan(1e-5);
    const biases = operation.biases?.(inputs, output) ?? [];
    const whole = biases.reduce((sum, bias) => tf.add(sum, bias), push(inputs));
    expect(whole.shape).toEqual(output.shape);
    expectClose(whole.dataSync(), output.dataSync(), 2e-5);
  });
}

/** Largest difference, relative to the largest expected number (at least 1). */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]) / scale;
    if (!(difference <= worst)) worst = difference;
  }
  expect(worst).toBeLessThan(tolerance);
}

/**
 * The gradient of a linear operation is its transpose: <A x, dy> = <x, A' dy> for all x and dy. `constant` is what
 * the operation adds to the linear part.
 */
export function expectAdjoint(
  spec: OperationSpec<tf.Tensor>,
  inputs: readonly Numbers[],
  constant?: Float64Array,
): void {
  const { output, gradients, dy } = runOperation(spec, inputs);
  const linear = constant ? output.map((value, i) => value - constant[i]) : output;
  const forward = innerProduct(linear, dy.values);
  const backward = inputs.reduce((sum, x, i) => sum + innerProduct(x.values, gradients[i]), 0);
  const scale = Math.max(1, innerProduct(linear.map(Math.abs), dy.values.map(Math.abs)));
  expect(Math.abs(forward - backward) / scale).toBeLessThan(1e-5);
}
