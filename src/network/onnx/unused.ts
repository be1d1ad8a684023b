import { NetworkError } from '../network-errors';
import type { UnusedTensor } from '../network-graph';
import { sizeOf } from '../ops/operation';
import type { GraphMessage, NodeMessage } from './onnx-messages';

/** Names that the branches of an If read and do not make themselves. */
export function readInBranches(node: NodeMessage): string[] {
  const names: string[] = [];
  for (const { graph } of node.attributes.values()) {
    if (!graph) continue;
    const own = new Set([
      ...graph.initializers.map(({ name }) => name),
      ...graph.nodes.flatMap(({ outputs }) => outputs),
    ]);
    const read = [
      ...graph.nodes.flatMap((inner) => [...inner.inputs, ...readInBranches(inner)]),
      ...graph.outputs.map(({ name }) => name),
    ];
    for (const name of read) if (name !== '' && !own.has(name)) names.push(name);
  }
  return names;
}

/** What a framework keeps beside the weights for training alone. */
const forTraining = /num_batches_tracked$|(^|[./])(optimizer|optimiser|momentum|seed_generator)/i;

/**
 * The tensors of a file that no result is computed from, each with the reason.
 * @param nodes those that lead to an output
 * @throws NetworkError naming a weight that nothing in the file reads: it belongs to something that is not there
 */
export function unusedTensors(graph: GraphMessage, nodes: readonly NodeMessage[]): UnusedTensor[] {
  const namesIn = (list: readonly NodeMessage[]) =>
    new Set(list.flatMap((node) => [...node.inputs, ...readInBranches(node)]));
  const used = namesIn(nodes);
  const mentioned = namesIn(graph.nodes);
  for (const { name } of graph.outputs) used.add(name);
  return graph.initializers.flatMap(({ name, shape }): UnusedTensor[] => {
    if (used.has(name)) return [];
    if (mentioned.has(name)) return [{ name, reason: 'only read by operations that lead to no output' }];
    if (forTraining.test(name)) return [{ name, reason: 'kept for training' }];
    if (sizeOf(shape) <= 1) return [{ name, reason: 'a single number that no operation reads' }];
    throw new NetworkError(
      `The weight "${name}", [${shape}], is read by no operation of this network: something of it is missing. Export it again, or remove the weight (onnxsim does).`,
    );
  });
}
