import * as v from 'valibot';
import { counted } from '../text/counted';
import type { Architecture } from '../training/architecture/architecture';
import { layoutOf } from '../training/architecture/parameter-layout';
import type { Recipe } from '../training/training-methods';
import { filterLayout } from './filters/filter-groups';
import { addableBlocks, oneBlockAStage, removableBlocks } from './removals';
import { searchOptionsSchema } from './search-file';
import { type Scenes, SearchError, type SearchOptions, type SearchState } from './search-state';

/** What a search begins with unless told otherwise. */
export const searchDefaults: SearchOptions = {
  direction: 'prune',
  unit: 'blocks',
  shrink: { cut: 0.2, most: 0.5 },
  tolerance: 0.01,
  budget: { kind: 'minutes', minutes: 30 },
  referenceEpochs: 8,
  epochs: 2,
  warmStart: true,
  warmLearningRate: 0.5,
  distillation: null,
  finalEpochs: 0,
  profile: { pictures: 64, method: 'grad-cam', measure: 'aura', levels: 256, grid: 'input', shuffles: 4 },
  beyondNull: true,
  orders: ['semiotic', 'random', 'l1', 'parameters'],
  seeds: [1, 2, 3],
};

export interface NewSearch {
  options: SearchOptions;
  architecture: Architecture;
  recipe: Recipe;
  labels: string[];
  /** What the networks are trained on, in words. */
  source: string;
  /** Where they are Pictographs. */
  scenes: Scenes | null;
}

/**
 * A search before its first training.
 * @throws SearchError where an option is out of range, or there is nothing to take out or to add
 * @throws ArchitectureError where the architecture cannot be built
 */
export function beginSearch({
  options,
  architecture,
  recipe,
  labels,
  source,
  scenes,
}: NewSearch): SearchState {
  const checked = v.safeParse(searchOptionsSchema, options, { abortEarly: true });
  if (!checked.success) {
    const [issue] = checked.issues;
    throw new SearchError(
      `The search cannot be made: ${v.getDotPath(issue) ?? 'options'}, ${issue.message}.`,
    );
  }
  const { layers } = layoutOf(architecture);
  checkUnit(
    options,
    layers.some(({ kind }) => kind === 'normalisation'),
  );
  if (options.unit === 'filters' && filterLayout(architecture).groups.every(({ filters }) => filters < 2)) {
    throw new SearchError('Nothing can be taken out: every layer has a single filter. Make a block wider.');
  }
  if (
    options.unit === 'blocks' &&
    options.direction === 'prune' &&
    removableBlocks(architecture).length === 0
  ) {
    throw new SearchError(
      'Nothing can be taken out: neither the first block nor the last of a stage that changes size may go. Add blocks to a stage.',
    );
  }
  if (
    options.direction === 'grow' &&
    addableBlocks(oneBlockAStage(architecture), architecture).length === 0
  ) {
    throw new SearchError(
      'Nothing can be added: growing begins with one block a stage and ends with the architecture as it is, which has no more. Add blocks to a stage.',
    );
  }
  if (labels.length !== architecture.classes) {
    throw new SearchError(
      `The architecture tells ${counted(architecture.classes, 'class', 'classes')} apart, but the pictures have ${labels.length}.`,
    );
  }
  return { options, architecture, recipe, labels, source, scenes, backend: null, networks: [], shard: null };
}

/** Orders that a unit or an architecture does not have. */
function checkUnit({ unit, direction, orders }: SearchOptions, isNormalised: boolean): void {
  if (unit === 'filters' && direction === 'grow') {
    throw new SearchError('Only blocks can be added: grow by blocks, or prune filters.');
  }
  if (unit === 'blocks' && orders.includes('uniform')) {
    throw new SearchError(
      'Shrinking all widths alike is an order for filters: choose filters, or leave it out.',
    );
  }
  if (orders.includes('scale') && !isNormalised) {
    throw new SearchError(
      'This network has no batch normalisation whose scales could be an order: leave that order out.',
    );
  }
}
