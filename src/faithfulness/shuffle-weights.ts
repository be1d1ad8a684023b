import type { Graph, GraphNode, Weight } from '../network/network-graph';
import { isWeight, weightsOf } from '../network/weights';
import { seededRandom, shuffle } from '../semiotics';

/** Names of the nodes that hold weights. */
export const weightedNodes = ({ nodes }: Graph): Set<string> =>
  new Set(nodes.filter(({ spec }) => weightsOf(spec).length > 0).map(({ name }) => name));

/**
 * The graph with some nodes randomised: within each of their weights the numbers change places, so that their distribution
 * stays what it was and everything learnt is gone. Equal seeds shuffle a node alike, whatever else is shuffled.
 */
export function shuffleWeights(graph: Graph, shuffled: ReadonlySet<string>, seed: number): Graph {
  const nodes = graph.nodes.map((node, index) =>
    shuffled.has(node.name)
      ? { ...node, spec: shuffledSpec(node.spec, seed * 1_000_003 + index * 31) }
      : node,
  );
  return { ...graph, nodes };
}

function shuffledSpec(spec: GraphNode['spec'], seed: number): GraphNode['spec'] {
  const entries = Object.entries(spec).map(([key, value], index) => [
    key,
    isWeight(value) ? shuffledWeight(value, seed + index) : value,
  ]);
  return Object.fromEntries(entries);
}

const shuffledWeight = (weight: Weight, seed: number): Weight => ({
  shape: weight.shape,
  read() {
    const values = weight.read().slice();
    shuffle(values, seededRandom(seed));
    return values;
  },
});
