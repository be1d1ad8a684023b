import type * as tf from '@tensorflow/tfjs-core';
import { type Network, nodesBehind } from '../../network/network';
import { type Checkpoint, scoreGradient } from '../../network/run-network';
import type { Score } from '../../network/targets/score';
import type { TokenBlock } from '../../network/tokens/attention-blocks';
import { pullBack } from './pull-back';

interface OwnScore {
  /** Of all nodes, for one picture; stay the caller's. */
  readonly outputs: readonly tf.Tensor[];
  /** What is explained. */
  readonly score: Score;
  readonly checkpoint: Checkpoint;
}

/**
 * The gradient of the score of a block's own tokens at its attention probabilities: the network's tail, from behind the last
 * block on, is run on them (Bousselham et al. 2024, section 3.2).
 * @returns ds/dP, [1, heads, N, N], owned by the caller
 */
export async function ownScoreGradient(
  network: Network,
  block: TokenBlock,
  last: TokenBlock,
  { outputs, score, checkpoint }: OwnScore,
): Promise<tf.Tensor> {
  const behind = nodesBehind(network, last.stream);
  const tail = new Map([[last.stream, outputs[block.stream]]]);
  const outputOf = (node: number) => tail.get(node) ?? outputs[node];
  try {
    for (const node of [...behind].sort((a, b) => a - b)) {
      if (node === last.stream || node > score.node) continue;
      await checkpoint();
      const { inputs, forward } = network.nodes[node];
      tail.set(node, forward(inputs.map(outputOf)));
    }
    const gradient = await scoreGradient(score, outputOf(score.node));
    const atStream = await pullBack(network, {
      ...{ from: score.node, to: last.stream, gradient, outputOf, checkpoint },
    });
    gradient.dispose();
    try {
      return await pullBack(network, {
        ...{ from: block.stream, to: block.probabilities, gradient: atStream, checkpoint },
        outputOf: (node) => outputs[node],
      });
    } finally {
      atStream.dispose();
    }
  } finally {
    for (const [node, tensor] of tail) if (node !== last.stream) tensor.dispose();
  }
}
