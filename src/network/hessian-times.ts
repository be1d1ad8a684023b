import * as tf from '@tensorflow/tfjs-core';
import { type Network, nodesBehind } from './network';
import type { Along } from './ops/operation';
import { addGradients, type Checkpoint, pullBackThrough, scoreGradient } from './run-network';
import type { Score } from './targets/score';

interface Direction {
  /** The node whose output A is what the score is differentiated by. */
  readonly from: number;
  /** v, of the shape of A; stays the caller's. */
  readonly direction: tf.Tensor;
  /** What all nodes yield for one picture; stay the caller's. */
  readonly outputs: readonly tf.Tensor[];
  readonly score: Score;
  readonly checkpoint: Checkpoint;
}

type ByNode = Map<number, tf.Tensor>;

/**
 * The gradient of a score at a node, and how it changes along a direction: dy/dA and (d2y/dA2) v, by forward mode over reverse mode
 * (Pearlmutter 1994): exact but for rounding, without differences. Where all behind the node is linear piece by piece, the second
 * is 0, as autograd has it too, and only the gradient is computed.
 * @returns both of the shape of A, owned by the caller; the second null where it is 0 for that reason
 */
export async function gradientAlong(
  network: Network,
  direction: Direction,
): Promise<{ gradient: tf.Tensor; change: tf.Tensor | null }> {
  const { from, outputs, score, checkpoint } = direction;
  const behind = nodesBehind(network, from);
  const outputOf = (node: number) => outputs[node];
  const tangents = isCurved(network, direction, behind)
    ? await pushed(network, direction, behind)
    : new Map<number, tf.Tensor>();
  const [gradients, changes]: ByNode[] = [new Map(), new Map()];
  try {
    await seed(score, outputs[score.node], tangents.get(score.node) ?? null, gradients, changes);
    for (let index = score.node; index > from; index--) {
      const [gradient, change] = [gradients.get(index), changes.get(index)];
      if (gradient) {
        await checkpoint();
        if (change) pullBackThrough(network, index, change, outputOf, changes, behind);
        const along = tangents.has(index) ? alongTangents(network, index, outputs, tangents) : null;
        const parts = along && network.nodes[index].bend?.(gradient, along);
        if (parts) addGradients(network.nodes[index].inputs, parts, changes, behind);
        tf.dispose(along?.zeros ?? []);
        pullBackThrough(network, index, gradient, outputOf, gradients, behind);
      }
      for (const map of [gradients, changes, tangents]) {
        map.get(index)?.dispose();
        map.delete(index);
      }
    }
    return {
      gradient: gradients.get(from)?.clone() ?? tf.zerosLike(outputs[from]),
      change: changes.get(from)?.clone() ?? null,
    };
  } finally {
    for (const map of [gradients, changes, tangents]) for (const tensor of map.values()) tensor.dispose();
  }
}

/** Whether anything between the node and the score, or the score itself, bends. */
function isCurved(network: Network, { from, score }: Direction, behind: ReadonlySet<number>): boolean {
  if (!behind.has(score.node)) return false;
  const bends = [...behind].some((node) => node > from && node <= score.node && network.nodes[node].bend);
  return bends || score.gradientAlong !== undefined;
}

/** How what every node behind yields moves, as the output of `from` moves along the direction. */
async function pushed(
  network: Network,
  { from, direction, outputs, score, checkpoint }: Direction,
  behind: ReadonlySet<number>,
): Promise<ByNode> {
  const tangents: ByNode = new Map([[from, direction.clone()]]);
  try {
    for (let index = from + 1; index <= score.node; index++) {
      if (!behind.has(index)) continue;
      await checkpoint();
      const node = network.nodes[index];
      const { inputs, tangents: own, zeros } = alongTangents(network, index, outputs, tangents);
      tangents.set(index, node.push ? node.push(own, inputs, outputs[index]) : node.forward(own));
      tf.dispose(zeros);
    }
    return tangents;
  } catch (error) {
    for (const tensor of tangents.values()) tensor.dispose();
    throw error;
  }
}

/** What a node reads with its tangents: `zeros`, to be freed, where an input stands still. */
function alongTangents(
  network: Network,
  index: number,
  outputs: readonly tf.Tensor[],
  tangents: ReadonlyMap<number, tf.Tensor>,
): Along & { zeros: tf.Tensor[] } {
  const { inputs: read } = network.nodes[index];
  const zeros: tf.Tensor[] = [];
  const own = read.map((input) => {
    const found = tangents.get(input);
    if (found) return found;
    const still = tf.zerosLike(outputs[input]);
    zeros.push(still);
    return still;
  });
  const inputs = read.map((input) => outputs[input]);
  return { inputs, tangents: own, output: outputs[index], tangent: tangents.get(index) as tf.Tensor, zeros };
}

/** The score's derivatives by the numbers it reads, and how they change. */
async function seed(
  score: Score,
  output: tf.Tensor,
  tangent: tf.Tensor | null,
  gradients: ByNode,
  changes: ByNode,
): Promise<void> {
  gradients.set(score.node, await scoreGradient(score, output));
  if (!tangent || !score.gradientAlong) return;
  const [numbers, moves] = (await Promise.all([output.data(), tangent.data()])) as Float32Array[];
  const moved = score.gradientAlong(numbers, moves);
  changes.set(score.node, tf.tensor(moved, output.shape));
}
