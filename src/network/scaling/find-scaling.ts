import type { Graph } from '../network-graph';
import { type FoundScaling, guessScaling } from './scaling';
import { toldScaling } from './told-scaling';

/**
 * How pictures are scaled for a network. Arithmetic in front of its layers tells most surely, then what its file says of
 * itself, then what a normalisation in front saw in training, and its name at last.
 * @param told by the file or by files beside it; null where they say nothing
 */
export function findScaling(
  graph: Graph,
  output: string,
  told: FoundScaling | null,
  title: string,
): FoundScaling {
  const found = toldScaling(graph, output);
  if (found && !found.isGuess) return found;
  if (told && !told.isGuess) return told;
  return found ?? told ?? guessScaling(graph, title);
}
