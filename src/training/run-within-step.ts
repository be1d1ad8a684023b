import type * as tf from '@tensorflow/tfjs-core';
import { withinStep } from '../backend/fast-convolution/choose-kernel';
import type { Network } from '../network/network';

/**
 * What a node of a network that is not trained yields within a training step: a front that is frozen, or a teacher. It is computed in one
 * go, as the step itself is, and nothing but the result is kept.
 * @param x pictures [n, h, w, c]; stay the caller's
 * @returns owned by the caller
 */
export function runWithinStep({ nodes }: Pick<Network, 'nodes'>, last: number, x: tf.Tensor4D): tf.Tensor {
  const outputs = new Map<number, tf.Tensor>();
  const lastReader = new Map<number, number>();
  nodes.slice(0, last + 1).forEach(({ inputs }, index) => {
    for (const input of inputs) lastReader.set(input, index);
  });
  try {
    return withinStep(() => {
      for (let index = 0; index <= last; index++) {
        const { kind, inputs, forward } = nodes[index];
        const read = inputs.map((input) => outputs.get(input) as tf.Tensor);
        outputs.set(index, kind === 'input' ? x.clone() : forward(read));
        for (const input of new Set(inputs)) {
          if (lastReader.get(input) !== index) continue;
          outputs.get(input)?.dispose();
          outputs.delete(input);
        }
      }
      return (outputs.get(last) as tf.Tensor).clone();
    });
  } finally {
    for (const output of outputs.values()) output.dispose();
  }
}
