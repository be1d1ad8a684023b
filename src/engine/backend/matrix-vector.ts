import * as tf from '@tensorflow/tfjs-core';
import { floatsOf, type Kernel, makeFloats } from './replace-kernel';

/** Numbers in a matrix from which on two threads of XNNPACK are ahead of the loop, idle columns and all. */
const LARGE = 2 ** 22;

/**
 * Products of one matrix and one vector, in a loop; large ones and all other products go to the stock kernel.
 *
 * XNNPACK computes eight columns even where there is one, and packs the vector first: for the sums of the 12
 * layers of a Grad-CAM that took a tenth of the whole analysis, six times what this loop takes.
 */
export function matrixVectorKernel(stock: Kernel): Kernel {
  return (parameters) => {
    const { inputs, attrs, backend } = parameters;
    const { transposeA, transposeB } = attrs as tf.BatchMatMulAttrs;
    const { a, b } = inputs;
    const [rows, inner] = a.shape.slice(-2);
    const fits = a.dtype === 'float32' && b.dtype === 'float32' && !transposeA && !transposeB;
    const single =
      a.shape.slice(0, -2).every((size) => size === 1) && b.shape.slice(0, -2).every((size) => size === 1);
    if (rows * inner > LARGE) return stock(parameters);
    if (!fits || !single || b.shape.at(-1) !== 1 || b.shape.at(-2) !== inner) return stock(parameters);
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const product = makeFloats(backend, [...batch, rows, 1]);
    multiply(floatsOf(backend, a), floatsOf(backend, b), floatsOf(backend, product));
    return product;
  };
}

/** product[r] = sum over k of matrix[r, k] * vector[k], in float64, four sums side by side. */
function multiply(matrix: Float32Array, vector: Float32Array, product: Float32Array): void {
  const inner = vector.length;
  const weights = Float64Array.from(vector);
  const whole = inner - (inner % 4);
  for (let row = 0, at = 0; row < product.length; row++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let k = 0;
    for (; k < whole; k += 4, at += 4) {
      s0 += matrix[at] * weights[k];
      s1 += matrix[at + 1] * weights[k + 1];
      s2 += matrix[at + 2] * weights[k + 2];
      s3 += matrix[at + 3] * weights[k + 3];
    }
    for (; k < inner; k++, at++) s0 += matrix[at] * weights[k];
    product[row] = s0 + s1 + s2 + s3;
  }
}
