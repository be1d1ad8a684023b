import type { Network } from '../network/network';
import type { Graph } from '../network/network-graph';
import { weightedNodes } from './shuffle-weights';

/**
 * In which order layers lose what they have learnt (Adebayo et al. 2018): from the last down, each staying randomised; one at a time,
 * all others trained; or from the first up, which Hedström et al. (2024) advise, because from the last down much of what the first layers
 * see is handed on to the end.
 */
export const randomisationOrders = ['cascading', 'independent', 'from-the-bottom'] as const;
export type RandomisationOrder = (typeof randomisationOrders)[number];

/** A network on the way to its ruin. */
export interface RandomisationStep {
  /** The layer that is randomised in this step. */
  name: string;
  /** Names of all nodes of the graph whose weights are randomised by now. */
  parts: ReadonlySet<string>;
}

/** Shuffles weights of one network. */
export interface Randomiser {
  /** Names of all nodes of its graph that hold weights. */
  all: ReadonlySet<string>;
  steps(order: RandomisationOrder): RandomisationStep[];
  /** The network with the weights of some nodes shuffled by a seed; the caller's to free. */
  build(parts: ReadonlySet<string>, seed: number): Network;
}

/** A step for every layer with weights; the first is the last layer unless the order begins at the bottom. */
export function randomisationSteps(
  network: Network,
  graph: Graph,
  order: RandomisationOrder,
): RandomisationStep[] {
  const weighted = weightedNodes(graph);
  const layers = network.nodes
    .map(({ name, parts }) => ({ name, parts: parts.filter((part) => weighted.has(part)) }))
    .filter(({ parts }) => parts.length > 0);
  if (order !== 'from-the-bottom') layers.reverse();
  return layers.map(({ name, parts }, step) => ({
    name,
    parts: new Set(
      order === 'independent' ? parts : layers.slice(0, step + 1).flatMap(({ parts: own }) => own),
    ),
  }));
}
