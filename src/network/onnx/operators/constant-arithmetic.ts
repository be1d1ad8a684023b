import { broadcastShape } from '../../ops/broadcast';
import { sizeOf } from '../../ops/operation';
import { placesIn } from '../../tensor-places';
import type { Call } from '../onnx-importer';
import type { Constant } from '../tensor';
import type { Operator } from './operator';

/*
 * What is computed without a picture is computed when it is read: a weight that has been standardised in the file takes no
 * memory of its own beside the one it is made from.
 */

/**
 * A constant that is computed when it is read.
 * @throws NetworkError where it would have more numbers than anything in the file: a bomb
 */
export function computed(
  call: Call,
  shape: readonly number[],
  isInteger: boolean,
  read: Constant['read'],
): Constant {
  if (!(sizeOf(shape) <= call.largestConstant) || shape.some((size) => !(size >= 0))) {
    throw call.problem(`would yield [${shape}], which is too large`);
  }
  return { kind: 'constant', name: '', shape, isInteger, read };
}

/** Whole numbers need more places than float32 has. */
export const numberArray = (isInteger: boolean, length: number): Float32Array | Float64Array =>
  isInteger ? new Float64Array(length) : new Float32Array(length);

/** The shape to which all broadcast. */
export function shared(call: Call, given: readonly (readonly number[])[]): readonly number[] {
  try {
    return broadcastShape(given);
  } catch {
    throw call.problem(`cannot join shapes [${given.join('] and [')}]`);
  }
}

/** Of two constants, place by place. @param yieldsTruth the result is true or false, whatever they are */
export const elementwise =
  (compute: (a: number, b: number, isInteger: boolean) => number, yieldsTruth = false): Operator =>
  (call) =>
    combined(call, call.constant(0), call.constant(1), compute, yieldsTruth);

/** Of one constant or several. */
export const variadic =
  (compute: (a: number, b: number) => number): Operator =>
  (call) =>
    call
      .all()
      .map((_, i) => call.constant(i))
      .reduce((a, b) => combined(call, a, b, compute, false));

function combined(
  call: Call,
  a: Constant,
  b: Constant,
  compute: (a: number, b: number, isInteger: boolean) => number,
  yieldsTruth: boolean,
): Constant {
  const shape = shared(call, [a.shape, b.shape]);
  const isInteger = a.isInteger && b.isInteger;
  return computed(call, shape, isInteger || yieldsTruth, () => {
    const [x, y] = [a, b].map((input) => ({ values: input.read(), at: placesIn(input.shape, shape) }));
    const result = numberArray(isInteger || yieldsTruth, sizeOf(shape));
    for (let i = 0; i < result.length; i++) {
      result[i] = compute(x.values[x.at(i)], y.values[y.at(i)], isInteger);
    }
    return result;
  });
}

/** Of one constant, place by place. */
export const each =
  (compute: (value: number) => number): Operator =>
  (call) => {
    const given = call.constant(0);
    return computed(call, given.shape, given.isInteger, () => given.read().map(compute));
  };

/** To the nearest, halves to the even one. */
export function round(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
