import * as tf from '@tensorflow/tfjs-core';
import { featureMap, type Operation, type Shape } from './operation';

/**
 * x / (bias + alpha * sum of x^2 over the channels from c - radius to c + radius)^beta (Krizhevsky et al. 2012).
 * ONNX and PyTorch divide their alpha by the number of channels summed; here it multiplies the plain sum.
 */
export interface LocalResponseNormalisationSpec {
  readonly type: 'local-response-normalisation';
  readonly radius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

export const localResponseNormalisationShape = (
  _: LocalResponseNormalisationSpec,
  inputs: readonly Shape[],
): Shape => featureMap(inputs);

export function localResponseNormalisation(spec: LocalResponseNormalisationSpec): Operation {
  const { radius, bias, alpha, beta } = spec;
  return {
    ...movingChannels(spec),
    forward: ([x]) => tf.localResponseNormalization(x as tf.Tensor4D, radius, bias, alpha, beta),
    backward: (dy, [x], y) => [
      tf
        .engine()
        .runKernel(tf.LRNGrad, { x, y, dy }, { depthRadius: radius, bias, alpha, beta }) as tf.Tensor,
    ],
  };
}

/**
 * x s^-beta with s = bias + alpha W x^2, W the sum over a window of channels, a symmetric matrix; its gradient is
 * dy s^-beta - 2 alpha beta x W (dy x s^(-beta - 1)), and both move on by the rules of products.
 */
function movingChannels(spec: LocalResponseNormalisationSpec): Pick<Operation, 'push' | 'bend' | 'biases'> {
  const { radius, bias, alpha, beta } = spec;
  const windowed = (x: tf.Tensor) => {
    const channels = x.shape[3] as number;
    const near = Float32Array.from({ length: channels ** 2 }, (_, i) =>
      Math.abs(Math.floor(i / channels) - (i % channels)) <= radius ? 1 : 0,
    );
    const sums = tf.matMul(
      tf.reshape(x, [-1, channels]) as tf.Tensor2D,
      tf.tensor2d(near, [channels, channels]),
    );
    return tf.reshape(sums, x.shape);
  };
  const norm = (x: tf.Tensor) => tf.add(bias, tf.mul(alpha, windowed(tf.square(x))));
  const normMoved = (x: tf.Tensor, v: tf.Tensor) => tf.mul(2 * alpha, windowed(tf.mul(x, v)));
  const push = ([v]: tf.Tensor[], [x]: tf.Tensor[]) =>
    tf.tidy(() => {
      const s = norm(x);
      const shrunk = tf.mul(beta, tf.div(tf.mul(x, normMoved(x, v)), s));
      return tf.mul(tf.sub(v, shrunk), tf.pow(s, -beta));
    });
  return {
    push,
    biases: ([x], y) => tf.tidy(() => [tf.sub(y, push([x], [x]))]),
    bend: (dy, { inputs: [x], tangents: [v] }) =>
      tf.tidy(() => {
        const [s, moved] = [norm(x), normMoved(x, v)];
        const slope = tf.pow(s, -beta - 1);
        const crossed = tf.mul(tf.mul(dy, x), slope);
        const crossedMoved = tf.sub(
          tf.mul(tf.mul(dy, v), slope),
          tf.mul(beta + 1, tf.div(tf.mul(crossed, moved), s)),
        );
        const own = tf.mul(-beta, tf.mul(tf.mul(dy, slope), moved));
        const others = tf.add(tf.mul(v, windowed(crossed)), tf.mul(x, windowed(crossedMoved)));
        return [tf.sub(own, tf.mul(2 * alpha * beta, others))];
      }),
  };
}
