import type { io } from '@tensorflow/tfjs-core';
import { rankCorrelation, seededRandom } from '../../semiotics';
import type { Network } from '../network/network';
import type { SaliencyLayer } from '../protocol';
import type { RandomisedWeights } from './protocol';
import { layersWithWeights, shuffleWeights } from './shuffle-weights';

export interface RandomiseOptions {
  manifest: io.WeightsManifestConfig;
  weights: ArrayBuffer;
  /** A network with these weights in place of its own; freed by the callee. */
  read(weights: ArrayBuffer): Promise<Network>;
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
  const { manifest, weights, read, explain, trained, draws, seed, onProgress } = options;
  const randomised = layersWithWeights(manifest).reverse();
  const layers = trained.map(({ name }) => ({
    name,
    similarity: randomised.map((): (number | null)[] => []),
  }));
  for (let draw = 0; draw < draws; draw++) {
    let cascaded = weights;
    const random = seededRandom(seed + draw);
    for (const [depth, layer] of randomised.entries()) {
      onProgress(draw * randomised.length + depth, draws * randomised.length);
      cascaded = shuffleWeights(manifest, cascaded, new Set([layer]), random);
      const network = await read(cascaded);
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
