import * as tf from '@tensorflow/tfjs-core';
import { onBothAxes } from './both-axes';
import { featureMap, MisfitError, type Operation, type Shape } from './operation';

/** Enlarging and reducing a feature map. */
export interface ResizeSpec {
  readonly type: 'resize';
  readonly by: 'nearest' | 'bilinear';
  /** Output rows and columns: as numbers, or as factors of the input's (rounded down). */
  readonly to: { readonly size: readonly [number, number] } | { readonly factors: readonly [number, number] };
  /**
   * Where output place i lies on an axis of n places that becomes m, in places of the input:
   * `half-pixel` (i + 0.5) n / m - 0.5 (Keras, PyTorch), `asymmetric` i n / m, `align-corners` i (n - 1) / (m - 1).
   */
  readonly coordinates: 'half-pixel' | 'asymmetric' | 'align-corners';
  /** How nearest breaks ties and rounds: Keras' and PyTorch's nearest take the floor of (i + 0.5) n / m. */
  readonly rounding: 'floor' | 'round-prefer-floor' | 'round-prefer-ceil' | 'ceil';
}

export function resizeShape({ to }: ResizeSpec, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = featureMap(inputs);
  const [rows, columns] =
    'size' in to
      ? to.size
      : [Math.floor(height * to.factors[0] + 1e-6), Math.floor(width * to.factors[1] + 1e-6)];
  if (!(rows >= 1 && columns >= 1 && rows <= 16384 && columns <= 16384)) {
    throw new MisfitError(`resizes its input to ${rows} x ${columns}`);
  }
  return [rows, columns, channels];
}

/**
 * Resizing is linear and works on rows and columns apart, so it is two matrices, and its gradient their transposes:
 * exact for every convention, while the stock gradient kernels ignore half-pixel centres.
 */
export function resize(spec: ResizeSpec): Operation {
  const matrices = (x: tf.Tensor) => {
    const [rows, columns] = resizeShape(spec, [x.shape.slice(1)]);
    const [, height, width] = (x as tf.Tensor4D).shape;
    return [axisMatrix(spec, height, rows), axisMatrix(spec, width, columns)];
  };
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const [rows, columns] = matrices(x);
        return onBothAxes(x, rows, columns, false);
      }),
    backward: (dy, [x]) =>
      tf.tidy(() => {
        const [rows, columns] = matrices(x);
        return [onBothAxes(dy, rows, columns, true)];
      }),
  };
}

/** [m, n] matrix that turns n places into m. */
function axisMatrix(spec: ResizeSpec, from: number, to: number): tf.Tensor2D {
  const values = new Float32Array(from * to);
  const clamp = (place: number) => Math.min(from - 1, Math.max(0, place));
  for (let i = 0; i < to; i++) {
    const at = coordinate(spec, i, from, to);
    if (spec.by === 'nearest') {
      values[i * from + clamp(rounded(at, spec.rounding))] = 1;
    } else {
      const inside = clamp(at);
      const low = Math.floor(inside);
      values[i * from + low] += 1 - (inside - low);
      values[i * from + clamp(low + 1)] += inside - low;
    }
  }
  return tf.tensor2d(values, [to, from]);
}

function coordinate({ coordinates }: ResizeSpec, i: number, from: number, to: number): number {
  if (coordinates === 'align-corners') return to === 1 ? 0 : (i * (from - 1)) / (to - 1);
  if (coordinates === 'asymmetric') return (i * from) / to;
  return ((i + 0.5) * from) / to - 0.5;
}

function rounded(at: number, rounding: ResizeSpec['rounding']): number {
  // Products such as 3 * (1 / 3) must not fall below the whole number they stand for.
  const near = 1e-6;
  switch (rounding) {
    case 'floor':
      return Math.floor(at + near);
    case 'ceil':
      return Math.ceil(at - near);
    case 'round-prefer-floor':
      return Math.ceil(at - 0.5 - near);
    case 'round-prefer-ceil':
      return Math.floor(at + 0.5 + near);
  }
}
