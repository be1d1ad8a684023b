import { type Random, seededRandom, shuffle } from '../../semiotics';
import type { Graph, GraphNode, Weight } from '../network/graph';
import { isWeight, weightsOf } from '../network/weights';

/** Layers with weights, in the order of the graph. */
export function layersWithWeights({ nodes }: Graph): string[] {
  return nodes.filter(({ spec }) => weightsOf(spec).length > 0).map(({ name }) => name);
}

/**
 * The network with one layer randomised: within each of its weights the numbers change places, so that their distribution
 * stays what it was and everything learnt is gone.
 */
export function shuffleLayer(graph: Graph, layer: string, random: Random): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.name === layer ? { ...node, spec: withShuffled(node.spec, random) as GraphNode['spec'] } : node,
    ),
  };
}

function withShuffled(spec: object, random: Random): object {
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => {
      if (isWeight(value)) return [key, shuffled(value, random.below(2 ** 31))];
      return [key, key === 'activation' ? withShuffled(value, random) : value];
    }),
  );
}

/** Read anew whenever it is asked for, always in the same order. */
const shuffled = (weight: Weight, seed: number): Weight => ({
  shape: weight.shape,
  read() {
    const values = weight.read().slice();
    shuffle(values, seededRandom(seed));
    return values;
  },
});
