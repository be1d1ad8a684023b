import * as tf from '@tensorflow/tfjs-core';
import { spreadByStride } from '../../backend/gradients/input-gradient';
import { identity } from './identity';
import { featureMap, type Operation, type Shape } from './operation';
import {
  type ExplicitPadding,
  explicitPadding,
  type Padding,
  type Pair,
  tfPadding,
  windowPlaces,
} from './window';

export interface PoolingSpec {
  readonly type: 'pooling';
  readonly by: 'maximum' | 'average';
  readonly size: Pair;
  readonly strides: Pair;
  /** The maximum never sees the padding. */
  readonly padding: Padding;
  /** Averages divide by the whole window, padding included, instead of by the places that exist. */
  readonly countPadding: boolean;
  /** A last window that hangs over the end is kept, if it begins inside the map or its first padding. */
  readonly ceil: boolean;
}

const undilated: Pair = [1, 1];

/** Padding of the spec, and the rows and columns a last window hangs over it. */
function paddingOf(spec: PoolingSpec, height: number, width: number): [ExplicitPadding, Pair] {
  const { size, strides, padding } = spec;
  const sides = explicitPadding([height, width], { size, strides, padding, dilations: undilated });
  if (!spec.ceil) return [sides, [0, 0]];
  const overhang = (length: number, before: number, after: number, axis: 0 | 1) => {
    const over = (length + before + after - size[axis]) % strides[axis];
    if (over <= 0) return 0;
    const start = length + before + after - size[axis] - over + strides[axis];
    return start < length + before ? strides[axis] - over : 0;
  };
  return [sides, [overhang(height, sides.top, sides.bottom, 0), overhang(width, sides.left, sides.right, 1)]];
}

const wider = (sides: ExplicitPadding, [rows, columns]: Pair): ExplicitPadding => ({
  ...sides,
  bottom: sides.bottom + rows,
  right: sides.right + columns,
});

export function poolingShape(spec: PoolingSpec, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = featureMap(inputs);
  const { size, strides } = spec;
  const padding = wider(...paddingOf(spec, height, width));
  return [...windowPlaces([height, width], { size, strides, padding, dilations: undilated }), channels];
}

/**
 * Maximum or mean of windows.
 *
 * A stride wider than its window (Keras' `MaxPooling2D(1, strides=2)`) is refused by some kernels: such a pool
 * is taken at every place and thinned out afterwards.
 */
export function pooling(spec: PoolingSpec): Operation {
  const [rows, columns] = spec.strides;
  const sparse = rows > spec.size[0] || columns > spec.size[1];
  if (!sparse) return densePooling(spec);
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const { inner, pick } = sparsely(spec, x.shape);
        const y = inner.forward([x]) as tf.Tensor4D;
        const [batch, height, width, channels] = y.shape;
        return tf.stridedSlice(y, [0, 0, 0, 0], [batch, height, width, channels], [1, ...pick, 1]);
      }),
    backward: (dy, [x]) =>
      tf.tidy(() => {
        const { inner, pick } = sparsely(spec, x.shape);
        const y = inner.forward([x]) as tf.Tensor4D;
        const spread = spreadByStride(dy as tf.Tensor4D, pick[0], pick[1]);
        const full = tf.pad(spread, [
          [0, 0],
          [0, y.shape[1] - spread.shape[1]],
          [0, y.shape[2] - spread.shape[2]],
          [0, 0],
        ]);
        return inner.backward(full, [x], y);
      }),
    ...(spec.by === 'maximum' && { push: pushMaximum(spec) }),
  };
}

/** Of every window the tangent at its first maximum, which takes the gradient too. */
function pushMaximum(spec: PoolingSpec): NonNullable<Operation['push']> {
  const { size, strides } = spec;
  return ([v], [x], y) =>
    tf.tidy(() => {
      const [, height, width] = x.shape;
      const { top, bottom, left, right } = wider(...paddingOf(spec, height, width));
      const around: [number, number][] = [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ];
      const [values, tangents] = [tf.pad(x, around, OUTSIDE), tf.pad(v, around)];
      const [, rows, columns] = y.shape;
      const seenFrom = (of: tf.Tensor, row: number, column: number) => {
        const end = [row + (rows - 1) * strides[0] + 1, column + (columns - 1) * strides[1] + 1];
        const last = [of.shape[0], ...end, of.shape[3] as number];
        return tf.stridedSlice(of, [0, row, column, 0], last, [1, ...strides, 1]);
      };
      let open: tf.Tensor = tf.onesLike(y);
      let pushed: tf.Tensor = tf.zerosLike(y);
      for (let row = 0; row < size[0]; row++) {
        for (let column = 0; column < size[1]; column++) {
          const mine = tf.mul(open, tf.cast(tf.equal(seenFrom(values, row, column), y), 'float32'));
          open = tf.sub(open, mine);
          pushed = tf.add(pushed, tf.mul(mine, seenFrom(tangents, row, column)));
        }
      }
      return pushed;
    });
}

/** Less than any number of a map: the maximum never sees the padding. */
const OUTSIDE = -3e38;

/** The same windows at every place, and which of them are wanted. */
function sparsely(spec: PoolingSpec, [, height, width]: number[]) {
  const padding = wider(...paddingOf(spec, height, width));
  const inner = densePooling({ ...spec, padding, ceil: false, strides: [1, 1] });
  return { inner, pick: [spec.strides[0], spec.strides[1]] };
}

function densePooling(spec: PoolingSpec): Operation {
  if (spec.size[0] === 1 && spec.size[1] === 1 && spec.strides[0] === 1 && spec.strides[1] === 1) {
    return identity({ type: 'identity' });
  }
  return spec.by === 'maximum' ? maximumPooling(spec) : averagePooling(spec);
}

function maximumPooling(spec: PoolingSpec): Operation {
  const size = spec.size as [number, number];
  const strides = spec.strides as [number, number];
  const padOf = ({ shape }: tf.Tensor4D) => tfPadding(wider(...paddingOf(spec, shape[1], shape[2])));
  return {
    forward: ([x]) => tf.maxPool(x as tf.Tensor4D, size, strides, padOf(x as tf.Tensor4D)),
    push: pushMaximum(spec),
    backward: (dy, [x], y) => [
      tf
        .engine()
        .runKernel(
          tf.MaxPoolGrad,
          { dy, input: x, output: y },
          { filterSize: size, strides, pad: padOf(x as tf.Tensor4D) },
        ) as tf.Tensor,
    ],
  };
}

/**
 * The stock gradient divides by the whole window even at the edges, where the forward pass divides by the places
 * that exist. Here it runs on the padded map, where both are the same, and dy is weighted beforehand.
 */
function averagePooling(spec: PoolingSpec): Operation {
  const size = spec.size as [number, number];
  const strides = spec.strides as [number, number];
  const area = size[0] * size[1];
  const shapes = (x: tf.Tensor4D) => {
    const [sides, overhang] = paddingOf(spec, x.shape[1], x.shape[2]);
    const all = wider(sides, overhang);
    return { sides, overhang, all, padded: Object.values(all).some((side) => side > 0) };
  };
  /** What 1 / (places counted) is, times the window's area, for each place of the output: [1, oh, ow, 1]. */
  const weights = (x: tf.Tensor4D) => {
    const { sides, overhang, all } = shapes(x);
    const counted = spec.countPadding ? sides : { top: 0, bottom: 0, left: 0, right: 0 };
    const before = spec.countPadding ? { top: 0, left: 0 } : sides;
    const lengths = [x.shape[1] + counted.top + counted.bottom, x.shape[2] + counted.left + counted.right];
    const windows = windowPlaces([x.shape[1], x.shape[2]], {
      size: spec.size,
      strides: spec.strides,
      padding: all,
      dilations: undilated,
    });
    if (overhang[0] + overhang[1] === 0 && lengths[0] === x.shape[1] + all.top + all.bottom) {
      if (lengths[1] === x.shape[2] + all.left + all.right) return null;
    }
    const counts = [before.top, before.left].map((pad, axis) =>
      Float32Array.from({ length: windows[axis] }, (_, place) => {
        const start = place * strides[axis] - pad;
        return Math.max(1, Math.min(start + size[axis], lengths[axis]) - Math.max(0, start));
      }),
    );
    const values = Float32Array.from(
      { length: windows[0] * windows[1] },
      (_, i) => area / (counts[0][Math.floor(i / windows[1])] * counts[1][i % windows[1]]),
    );
    return tf.tensor4d(values, [1, windows[0], windows[1], 1]);
  };
  const padding = ({ top, bottom, left, right }: ExplicitPadding): [number, number][] => [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return {
    forward: ([input]) =>
      tf.tidy(() => {
        const x = input as tf.Tensor4D;
        const { all, padded } = shapes(x);
        const map = (padded ? tf.pad(x, padding(all)) : x) as tf.Tensor4D;
        const mean = tf.avgPool(map, size, strides, 'valid');
        const weight = weights(x);
        return weight ? tf.mul(mean, weight) : mean;
      }),
    backward: (dy, [input]) =>
      tf.tidy(() => {
        const x = input as tf.Tensor4D;
        const { all, padded } = shapes(x);
        const weight = weights(x);
        const map = padded ? tf.pad(x, padding(all)) : x;
        const dx = tf
          .engine()
          .runKernel(
            tf.AvgPoolGrad,
            { dy: weight ? tf.mul(dy, weight) : dy, input: map },
            { filterSize: size, strides, pad: 'valid' },
          ) as tf.Tensor4D;
        return [padded ? tf.slice(dx, [0, all.top, all.left, 0], x.shape) : dx];
      }),
  };
}
