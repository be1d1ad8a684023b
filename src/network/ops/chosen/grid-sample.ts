import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, type Shape, sizeOf } from '../operation';

/**
 * Numbers of a map at places that the network computes, between its own: attention that reads a few places only (Zhu et al. 2021) does so.
 * Inputs: maps [..., h, w, c], and places [..., rows, columns, 2], x before y, -1 to 1 from edge to edge. Source: ONNX operators, GridSample.
 */
export interface GridSampleSpec {
  readonly type: 'grid-sample';
  readonly by: 'linear' | 'nearest';
  /** What lies outside: zeros, or the number at the edge. */
  readonly outside: 'zeros' | 'edge';
  /** -1 and 1 are the middles of the first and last place, and not the edges of the map. */
  readonly corners: boolean;
}

export function gridSampleShape(_: GridSampleSpec, [map, places]: readonly Shape[]): Shape {
  const outer = map.slice(0, -3);
  if (map.length < 3 || places.at(-1) !== 2 || places.slice(0, -3).join() !== outer.join()) {
    throw new MisfitError(`reads [${map}] at places [${places}]`);
  }
  return [...places.slice(0, -1), map[map.length - 1]];
}

/** One of the places around the one that is read: where it lies in the line of all places, whether it is inside, and its share. */
interface Corner {
  readonly at: tf.Tensor1D;
  readonly inside: tf.Tensor;
  readonly share: tf.Tensor;
  /** How the share changes with x and y, in places of the map. */
  readonly slopes: readonly [tf.Tensor, tf.Tensor];
}

export function gridSample({ by, outside, corners }: GridSampleSpec): Operation {
  /** From -1 .. 1 to places; halves go to the even one, as in ONNX and PyTorch. */
  const placed = (at: tf.Tensor, size: number) =>
    corners ? tf.mul(tf.add(at, 1), (size - 1) / 2) : tf.sub(tf.mul(tf.add(at, 1), size / 2), 0.5);

  const cornersOf = (map: tf.Tensor, places: tf.Tensor): Corner[] => {
    const [height, width] = map.shape.slice(-3);
    const count = sizeOf(map.shape.slice(0, -3));
    const [x, y] = tf.split(tf.reshape(places, [count, -1, 2]), 2, 2);
    const own = tf.mul(tf.range(0, count, 1, 'int32'), tf.scalar(height * width, 'int32'));
    const before = tf.reshape(own, [count, 1, 1]);
    const kept = (at: tf.Tensor, size: number) => (outside === 'edge' ? tf.clipByValue(at, 0, size - 1) : at);
    const [column, row] = [placed(x, width), placed(y, height)];
    const [u, v] = [kept(column, width), kept(row, height)];
    // Beyond the edge nothing changes with the place.
    const moves = [tf.equal(u, column), tf.equal(v, row)].map((same) => tf.cast(same, 'float32'));
    const corner = (left: tf.Tensor, top: tf.Tensor, share: tf.Tensor, slopes: Corner['slopes']): Corner => {
      const [c, r] = [tf.clipByValue(left, 0, width - 1), tf.clipByValue(top, 0, height - 1)];
      const inside = tf.cast(tf.logicalAnd(tf.equal(c, left), tf.equal(r, top)), 'float32');
      // Whole before it is counted on: a place that is no number lies in its own map, and not in the first.
      const place = tf.cast(tf.add(tf.mul(r, width), c), 'int32');
      const at = tf.reshape(tf.add(before, place), [-1]) as tf.Tensor1D;
      return { at, inside, share, slopes };
    };
    if (by === 'nearest') {
      const still = tf.zerosLike(u);
      return [corner(tf.round(u), tf.round(v), tf.onesLike(u), [still, still])];
    }
    const [left, top] = [tf.floor(u), tf.floor(v)];
    const [right, below] = [tf.sub(u, left), tf.sub(v, top)];
    return [0, 1].flatMap((down) =>
      [0, 1].map((across) => {
        const sx = across ? right : tf.sub(1, right);
        const sy = down ? below : tf.sub(1, below);
        return corner(tf.add(left, across), tf.add(top, down), tf.mul(sx, sy), [
          tf.mul(tf.mul(sy, across ? 1 : -1), moves[0]),
          tf.mul(tf.mul(sx, down ? 1 : -1), moves[1]),
        ]);
      }),
    );
  };

  const lines = (map: tf.Tensor) => tf.reshape(map, [-1, map.shape[map.rank - 1]]);
  const weighted = (values: tf.Tensor, share: tf.Tensor) => tf.mul(values, tf.reshape(share, [-1, 1]));

  return {
    isOpaque: true,
    forward: ([map, places]) =>
      tf.tidy(() => {
        const parts = cornersOf(map, places).map(({ at, inside, share }) =>
          weighted(tf.gather(lines(map), at), tf.mul(inside, share)),
        );
        const sum = parts.reduce((a, b) => tf.add(a, b));
        return tf.reshape(sum, [...places.shape.slice(0, -1), map.shape[map.rank - 1]]);
      }),
    backward: (dy, [map, places]) =>
      tf.tidy(() => {
        const [height, width, channels] = map.shape.slice(-3);
        const given = tf.reshape(dy, [-1, channels]);
        const around = cornersOf(map, places);
        const total = map.size / channels;
        const back = around
          .map(({ at, inside, share }) =>
            tf.unsortedSegmentSum(weighted(given, tf.mul(inside, share)), at, total),
          )
          .reduce((a, b) => tf.add(a, b) as tf.Tensor2D);
        const towards = (axis: 0 | 1, size: number) => {
          const parts = around.map(({ at, inside, slopes }) =>
            tf.sum(tf.mul(given, weighted(tf.gather(lines(map), at), tf.mul(inside, slopes[axis]))), 1, true),
          );
          const perPlace = corners ? (size - 1) / 2 : size / 2;
          return tf.mul(
            parts.reduce((a, b) => tf.add(a, b)),
            perPlace,
          );
        };
        const moved = tf.concat([towards(0, width), towards(1, height)], 1);
        return [tf.reshape(back, map.shape), tf.reshape(moved, places.shape)];
      }),
  };
}
