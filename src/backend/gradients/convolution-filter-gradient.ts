import * as tf from '@tensorflow/tfjs-core';
import { fillFilterGradient } from '../fast-convolution/filter-gradient';
import type { Geometry } from '../fast-convolution/geometry';
import { machineOf } from '../fast-convolution/running';
import { floatsOf, type Kernel, makeFloats } from '../kernels/replace-kernel';

/** `Conv2DBackpropFilter`, the gradient of a convolution towards its filter: inputs x [n, h, w, c_in] and dy [n, oh, ow, c_out]. */
export const convolutionFilterGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, dimRoundingMode, filterShape } = attrs as tf.Conv2DBackpropFilterAttrs;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const output = makeFloats(backend, filterShape);
  if (x.size === 0 || dy.size === 0) {
    floatsOf(backend, output).fill(0);
    return output;
  }
  const geometry: Geometry = {
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [1, 1],
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
  fillFilterGradient(machineOf(backend), { geometry, input: x, change: dy, output });
  return output;
};
