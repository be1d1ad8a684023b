import * as tf from '@tensorflow/tfjs-core';
import { type Network, nodesBehind } from '../../network/network';
import { type Checkpoint, pullBackThrough } from '../../network/run-network';

interface PullBack {
  /** Node whose gradient is given, and a node before it whose gradient is wanted. */
  readonly from: number;
  readonly to: number;
  /** Of `from`; stays the caller's. */
  readonly gradient: tf.Tensor;
  /** What each node between them yields; stay the caller's. */
  outputOf(node: number): tf.Tensor;
  checkpoint: Checkpoint;
}

/** The gradient at a node of what a gradient at a later one is given for; of zeros where none leads there. */
export async function pullBack(
  network: Network,
  { from, to, gradient, outputOf, checkpoint }: PullBack,
): Promise<tf.Tensor> {
  const behind = nodesBehind(network, to);
  const gradients = new Map<number, tf.Tensor>([[from, gradient.clone()]]);
  try {
    for (let index = from; index > to; index--) {
      const own = gradients.get(index);
      if (!own) continue;
      await checkpoint();
      pullBackThrough(network, index, own, outputOf, gradients, behind);
      own.dispose();
      gradients.delete(index);
    }
    return gradients.get(to)?.clone() ?? tf.zerosLike(outputOf(to));
  } finally {
    for (const each of gradients.values()) each.dispose();
  }
}
