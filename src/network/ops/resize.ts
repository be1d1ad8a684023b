import * as tf from '@tensorflow/tfjs-core';
import { onBothAxes } from './both-axes';
import { featureMap, MisfitError, type Operation, type Shape } from './operation';

/** Enlarging and reducing a feature map. */
export interface ResizeSpec {
  readonly type: 'resize';
  readonly by: 'nearest' | 'bilinear' | 'cubic';
  /** The cubic kernel's coefficient, -0.75 where it is left out (Keys 1981); PyTorch smooths with -0.5. */
  readonly coefficient?: number;
  /** What lies outside is left out of the sum, instead of being the edge. */
  readonly excludesOutside?: boolean;
  /** Where a map gets smaller, the kernel is as much wider, so that each place is a mean of all that it covers. */
  readonly antialias?: boolean;
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
  for (let i = 0; i < to; i++) {
    const at = coordinate(spec, i, from, to);
    for (const [place, weight] of tapsOf(spec, at, from, to)) values[i * from + place] += weight;
  }
  return tf.tensor2d(values, [to, from]);
}

/** Places of an axis that are read at coordinate `at`, with their weights. */
function tapsOf(spec: ResizeSpec, at: number, from: number, to: number): [number, number][] {
  const clamp = (place: number) => Math.min(from - 1, Math.max(0, place));
  if (spec.by === 'nearest') return [[clamp(rounded(at, spec.rounding)), 1]];
  const spread = spec.antialias ? Math.max(1, from / to) : 1;
  const reach = spread * (spec.by === 'cubic' ? 2 : 1);
  const taps: [number, number][] = [];
  for (let place = Math.ceil(at - reach); place <= Math.floor(at + reach); place++) {
    if (spec.excludesOutside && place !== clamp(place)) continue;
    taps.push([clamp(place), kernel(spec, (place - at) / spread)]);
  }
  const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
  return taps.map(([place, weight]) => [place, weight / total]);
}

/** Weight of a place at a distance, in places. Source of the cubic one: Keys 1981. */
function kernel({ by, coefficient: a = -0.75 }: ResizeSpec, distance: number): number {
  const d = Math.abs(distance);
  if (by !== 'cubic') return Math.max(0, 1 - d);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
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
