import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';

type Shape4D = [number, number, number, number];

export interface ConvolutionCase {
  /** [n, h, w, c] */
  input: Shape4D;
  /** [kh, kw, c_in, c_out] */
  filter: Shape4D;
  strides: [number, number];
  padding: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
}

export const seeds = fc.integer({ min: 1, max: 1e6 });

export const paddings = fc.oneof(
  fc.constant('same' as const),
  fc.constant('valid' as const),
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }).map(
    ([t, b, l, r]): tf.backend_util.ExplicitPadding => [
      [0, 0],
      [t, b],
      [l, r],
      [0, 0],
    ],
  ),
);

const upTo = (max: number) => fc.integer({ min: 1, max });

/** Convolutions of any size, stride, padding, channels and batch whose window fits; the last number is c_out. */
export const convolutions: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    input: fc.tuple(upTo(3), upTo(9), upTo(9), upTo(5)),
    window: fc.tuple(upTo(4), upTo(4)),
    out: upTo(5),
    strides: fc.tuple(upTo(3), upTo(3)),
    padding: paddings,
  })
  .map(({ input, window, out, strides, padding }) => ({
    input,
    filter: [...window, input[3], out] as Shape4D,
    strides,
    padding,
  }))
  .filter(({ input, filter, padding }) => {
    if (padding === 'same') return true;
    const [rows, columns] = padding === 'valid' ? [0, 0] : [sum(padding[1]), sum(padding[2])];
    return input[1] + rows >= filter[0] && input[2] + columns >= filter[1];
  });

const sum = ([before, after]: [number, number]) => before + after;

/** [n, oh, ow, c_out]; of a depthwise convolution, whose filter is [kh, kw, c, m], [n, oh, ow, c * m]. */
export function outputShape(
  { input, filter, strides, padding }: ConvolutionCase,
  depthwise = false,
): Shape4D {
  return tf.backend_util.computeConv2DInfo(input, filter, strides, 1, padding, undefined, depthwise).outShape;
}
