import { rankCorrelation, seededRandom } from '../../semiotics';
import type { Graph } from '../network/graph';
import type { Network } from '../network/network';
import type { SaliencyLayer } from '../protocol';
import type { RandomisedWeights } from './protocol';
import { layersWithWeights, shuffleLayer } from './shuffle-weights';

export interface RandomiseOptions {
  /** The trained network, its layers in order. */
  graph: Graph;
  /** A network put together; freed by the callee. */
  build(graph: Graph): Network;
  /** The maps of all layers by a network, the picture and class being what they are. */
  explain(network: Network): Promise<SaliencyLayer[]>;
  /** Those of the trained network. */
  trained: SaliencyLayer[];
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
  const { graph, build, explain, trained, draws, seed, onProgress } = options;
  const randomised = layersWithWeights(graph).reverse();
  const layers = trained.map(({ name }) => ({
    name,
    similarity: randomised.map((): (number | null)[] => []),
  }));
  for (let draw = 0; draw < draws; draw++) {
    let cascaded = graph;
    const random = seededRandom(seed + draw);
    for (const [depth, layer] of randomised.entries()) {
      onProgress(draw * randomised.length + depth, draws * randomised.length);
      cascaded = shuffleLayer(cascaded, layer, random);
      const network = build(cascaded);
      try {
        const maps = await explain(network);
        maps.forEach(({ map }, i) => {
          layers[i].similarity[depth].push(rankCorrelation(trained[i].map.values, map.values));
        });
      } finally {
        network.dispose();
      }
    }
  }
  return { randomised, layers };
}
