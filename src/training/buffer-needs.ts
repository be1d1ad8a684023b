import type { BufferNeeds } from '../backend/buffers';
import type { Architecture } from './architecture/architecture';
import { largestTensor } from './architecture/training-cost';
import type { Recipe } from './training-methods';

/** What a device has to hold at once for a training. */
export const bufferNeeds = ({
  architecture,
  recipe,
}: {
  architecture: Architecture;
  recipe: Recipe;
}): BufferNeeds => ({
  title: architecture.title,
  largest: () => largestTensor(architecture, recipe.batch),
});
