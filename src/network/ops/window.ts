import type { backend_util } from '@tensorflow/tfjs-core';
import { MisfitError } from './operation';

/** Rows and columns of padding; may differ between the sides. */
export interface ExplicitPadding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** `same` is TensorFlow's: the output has ceil(size / stride) places, the odd row of zeros lies at the end. */
export type Padding = 'same' | 'valid' | ExplicitPadding;

/** [rows, columns] */
export type Pair = readonly [number, number];

/** How a window moves over a feature map. */
export interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilations: Pair;
}

/** Padding in rows and columns of a window over [h, w]. */
export function explicitPadding([height, width]: Pair, window: Window): ExplicitPadding {
  if (window.padding === 'valid') return { top: 0, bottom: 0, left: 0, right: 0 };
  if (window.padding !== 'same') return window.padding;
  const [rows, columns] = [height, width].map((size, axis) => {
    const reach = (window.size[axis] - 1) * window.dilations[axis] + 1;
    const stride = window.strides[axis];
    return Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  });
  return {
    top: Math.floor(rows / 2),
    bottom: Math.ceil(rows / 2),
    left: Math.floor(columns / 2),
    right: Math.ceil(columns / 2),
  };
}

/** Places of a window over [h, w]: the output's rows and columns. */
export function windowPlaces(size: Pair, window: Window): [number, number] {
  const { top, bottom, left, right } = explicitPadding(size, window);
  const places = [size[0] + top + bottom, size[1] + left + right].map((padded, axis) => {
    const reach = (window.size[axis] - 1) * window.dilations[axis] + 1;
    return Math.floor((padded - reach) / window.strides[axis]) + 1;
  });
  if (!places.every((count) => count >= 1)) {
    throw new MisfitError(
      `has a window of ${window.size.join(' x ')} that does not fit into ${size.join(' x ')}`,
    );
  }
  return [places[0], places[1]];
}

export type TfPadding = 'valid' | backend_util.ExplicitPadding;

/** A padding in the form of TensorFlow.js. */
export function tfPadding({ top, bottom, left, right }: ExplicitPadding): TfPadding {
  if (top + bottom + left + right === 0) return 'valid';
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/**
 * The padding of a window over [h, w] in the form of TensorFlow.js; never "same", which the WebAssembly kernels get
 * wrong where a window is narrower than its stride on one axis and padded on the other.
 */
export const tfPaddingOver = (size: Pair, window: Window): TfPadding =>
  tfPadding(explicitPadding(size, window));
