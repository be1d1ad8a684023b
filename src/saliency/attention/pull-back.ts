import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import type { Checkpoint } from '../../network/run-network';
import { nodesBehind } from '../../network/tokens/attention-blocks';

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
      const { inputs, backward } = network.nodes[index];
      if (inputs.some((input) => behind.has(input))) {
        backward(own, inputs.map(outputOf), outputOf(index)).forEach((part, i) => {
          add(gradients, inputs[i], part, behind);
        });
      }
      own.dispose();
      gradients.delete(index);
    }
    return gradients.get(to)?.clone() ?? tf.zerosLike(outputOf(to));
  } finally {
    for (const each of gradients.values()) each.dispose();
  }
}

function add(gradients: Map<number, tf.Tensor>, node: number, part: tf.Tensor, behind: Set<number>): void {
  const sum = gradients.get(node);
  if (behind.has(node)) gradients.set(node, sum ? tf.add(sum, part) : part.clone());
  if (behind.has(node)) sum?.dispose();
  part.dispose();
}
