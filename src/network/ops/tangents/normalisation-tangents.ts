import * as tf from '@tensorflow/tfjs-core';
import type { Operation } from '../operation';

interface Normalisation {
  /** What the normalised numbers are multiplied by; null for 1. */
  readonly scale: tf.Tensor | null;
  /** Mean over the numbers that are normalised together, which stay with size 1. */
  mean(x: tf.Tensor): tf.Tensor;
  /** n = (x - mean) / s, and 1 / s, laid out as `grouped` does. */
  normalise(x: tf.Tensor): { normalised: tf.Tensor; inverse: tf.Tensor };
  /** How numbers are laid out to be normalised; left out, as they are. */
  grouped?(x: tf.Tensor): tf.Tensor;
}

/**
 * How a normalisation y = scale n + shift moves on. Its Jacobian by x, but for the scale, is symmetric:
 * J u = (u - mean(u) - n mean(n u)) / s, and as x moves along v, n moves along J v and s along mean(n v).
 */
export function moving({
  scale,
  mean,
  normalise,
  grouped = (x) => x,
}: Normalisation): Pick<Operation, 'push' | 'bend' | 'biases'> {
  const scaled = (x: tf.Tensor) => (scale ? tf.mul(x, scale) : x.clone());
  const through = (u: tf.Tensor, { normalised, inverse }: ReturnType<Normalisation['normalise']>) => {
    const along = tf.mul(normalised, mean(tf.mul(u, normalised)));
    return tf.mul(inverse, tf.sub(tf.sub(u, mean(u)), along));
  };
  const push = ([v]: tf.Tensor[], [x]: tf.Tensor[]) =>
    tf.tidy(() => scaled(tf.reshape(through(grouped(v), normalise(x)), x.shape)));
  return {
    push,
    biases: ([x], y) => tf.tidy(() => [tf.sub(y, push([x], [x]))]),
    bend: (dy, { inputs: [x], tangents: [v] }) =>
      tf.tidy(() => {
        const found = normalise(x);
        const { normalised: n, inverse } = found;
        const [u, w] = [grouped(scaled(dy)), grouped(v)];
        const moved = through(w, found);
        const widened = tf.mul(inverse, mean(tf.mul(n, w)));
        const turned = tf.add(tf.mul(moved, mean(tf.mul(n, u))), tf.mul(n, mean(tf.mul(moved, u))));
        const change = tf.add(tf.mul(widened, through(u, found)), tf.mul(inverse, turned));
        return [tf.reshape(tf.neg(change), x.shape)];
      }),
  };
}
