import type { Network } from '../network/network';
import type { SaliencyLayer } from '../saliency/saliency-layer';
import { rankCorrelation } from '../semiotics';
import type { RandomisedWeights } from './questions';
import type { RandomisationOrder, RandomisationStep } from './randomisation-steps';

export interface RandomiseOptions {
  network: Network;
  order: RandomisationOrder;
  steps: readonly RandomisationStep[];
  /** The network with the weights of some nodes of its graph shuffled by a seed; freed by the callee. */
  build(parts: ReadonlySet<string>, seed: number): Network;
  /** The maps of all layers by a network, the picture and class being what they are. */
  explain(network: Network): Promise<SaliencyLayer[]>;
  draws: number;
  seed: number;
  /** Called before every network with how many there were, of how many. */
  onProgress(done: number, of: number): void;
}

/**
 * The model parameter randomisation test (Adebayo et al. 2018): the weights of one layer after the other are shuffled, and the maps
 * made anew each time. A map that stays what it was does not depend on what the network has learnt.
 */
export async function randomisedWeights(options: RandomiseOptions): Promise<RandomisedWeights> {
  const { network, order, steps, build, explain, draws, seed, onProgress } = options;
  const trained = await explain(network);
  const layers = trained.map(({ name }) => ({ name, similarity: steps.map((): (number | null)[] => []) }));
  for (let draw = 0; draw < draws; draw++) {
    for (const [depth, { parts }] of steps.entries()) {
      onProgress(draw * steps.length + depth, draws * steps.length);
      const randomised = build(parts, seed + draw);
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
  return { order, randomised: steps.map(({ name }) => name), layers };
}
