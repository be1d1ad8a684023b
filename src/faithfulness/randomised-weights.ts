import type { Network } from '../network/network';
import type { Graph } from '../network/network-graph';
import type { SaliencyLayer } from '../saliency/saliency-layer';
import { rankCorrelation } from '../semiotics';
import type { RandomisedWeights } from './questions';
import { shuffleWeights, weightedNodes } from './shuffle-weights';

export interface RandomiseOptions {
  /** The trained network, and the graph it was built from. */
  network: Network;
  graph: Graph;
  /** Builds a network from a graph with other weights; freed by the callee. */
  build(graph: Graph): Network;
  /** The maps of all layers by a network, the picture and class being what they are. */
  explain(network: Network): Promise<SaliencyLayer[]>;
  draws: number;
  seed: number;
  /** Called before every network with how many there were, of how many. */
  onProgress(done: number, of: number): void;
}

/**
 * The model parameter randomisation test (Adebayo et al. 2018), cascading: the last layer's weights are shuffled, then
 * the last two layers', and so on to the first, and the maps are made anew each time. A map that stays what it was does not
 * depend on what the network has learnt.
 */
export async function randomisedWeights(options: RandomiseOptions): Promise<RandomisedWeights> {
  const { network, graph, build, explain, draws, seed, onProgress } = options;
  const weighted = weightedNodes(graph);
  const steps = network.nodes
    .map(({ name, parts }) => ({ name, parts: parts.filter((part) => weighted.has(part)) }))
    .filter(({ parts }) => parts.length > 0)
    .reverse();
  const trained = await explain(network);
  const layers = trained.map(({ name }) => ({ name, similarity: steps.map((): (number | null)[] => []) }));
  for (let draw = 0; draw < draws; draw++) {
    const shuffled = new Set<string>();
    for (const [depth, { parts }] of steps.entries()) {
      onProgress(draw * steps.length + depth, draws * steps.length);
      for (const part of parts) shuffled.add(part);
      const randomised = build(shuffleWeights(graph, shuffled, seed + draw));
      try {
        const maps = await explain(randomised);
        maps.forEach(({ map }, i) => {
          layers[i].similarity[depth].push(rankCorrelation(trained[i].map.values, map.values));
        });
      } finally {
        randomised.dispose();
      }
    }
  }
  return { randomised: steps.map(({ name }) => name), layers };
}
