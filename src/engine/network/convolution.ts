import * as tf from '@tensorflow/tfjs-core';
import { convolutionInputGradient } from '../backend/convolution-gradient';
import { gatedInputGradient } from '../backend/fast-convolution';
import type { NetworkNode } from './network';

export interface ConvolutionParameters {
  /** [kh, kw, c_in, c_out] */
  filter: tf.Tensor4D;
  /** [c_out] */
  bias: tf.Tensor1D | null;
  strides: [number, number];
  padding: 'same' | 'valid';
  activation: 'linear' | 'relu' | 'relu6';
}

/**
 * Convolution, bias and activation as one fused kernel, with the gradient towards the input only.
 *
 * TensorFlow.js unfuses a convolution while it records gradients, and its fused gradient computes the
 * filter's gradient as well; neither is wanted where the weights stand still.
 */
export function convolution(parameters: ConvolutionParameters): Pick<NetworkNode, 'forward' | 'backward'> {
  const { filter, bias, strides, padding, activation } = parameters;
  return {
    forward: ([x]) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter,
        bias: bias ?? undefined,
        strides,
        pad: padding,
        activation,
      }),
    backward: (dy, [x], y) =>
      tf.tidy(() => {
        const { shape } = x as tf.Tensor4D;
        const gate = { output: y as tf.Tensor4D, activation };
        return [
          gatedInputGradient(dy as tf.Tensor4D, filter, shape, { strides, padding }, gate) ??
            convolutionInputGradient(
              gateGradient(dy as tf.Tensor4D, y as tf.Tensor4D, activation),
              filter,
              shape,
              strides,
              padding,
            ),
        ];
      }),
  };
}

/** Gradient before the activation: dy where the activation let the value through, else 0. */
function gateGradient(
  dy: tf.Tensor4D,
  y: tf.Tensor4D,
  activation: ConvolutionParameters['activation'],
): tf.Tensor4D {
  if (activation === 'linear') return dy;
  const open = tf.step(y);
  if (activation === 'relu') return tf.mul(dy, open);
  return tf.mul(dy, tf.mul(open, tf.step(tf.sub(6, y))));
}
