import { searchDefaults } from '../src/search/begin-search';
import { type SearchOptions, searchOrders } from '../src/search/search-state';
import type { Architecture, Stage } from '../src/training/architecture/architecture';
import type { Recipe } from '../src/training/training-methods';

const stage = (number: number, width: number, count: number, shrink: Stage['shrink']): Stage => ({
  blocks: Array.from({ length: count }, (_, i) => ({
    kind: 'convolution',
    name: `conv${number}_${i + 1}`,
    width,
    size: 3,
  })),
  shrink,
});

/** What is pruned: twelve convolutions in four stages, eight of which may go; small enough to be trained a hundred times in half an hour. */
export const searchedArchitecture: Architecture = {
  title: 'VGG of twelve convolutions',
  side: 32,
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  stages: [stage(1, 16, 2, 'max'), stage(2, 32, 3, 'max'), stage(3, 48, 4, 'max'), stage(4, 64, 3, 'none')],
  join: 'average',
  hidden: [],
  dropout: 0,
  classes: 10,
};

/** Of the reference; the networks after it take half the rate and fewer epochs. */
export const searchRecipe: Recipe = {
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.006,
  schedule: 'one-cycle',
  epochs: 1,
  batch: 32,
  weightDecay: 0.0001,
  labelSmoothing: 0,
  augmentation: { mirror: true, shift: 0, scale: 0, colour: 0 },
  patience: null,
  seed: 1,
};

/**
 * Maps of 32 x 32 have too few pairs of neighbours for the 65,536 cells of 256 levels; 16 levels leave some fifteen pairs a cell.
 */
export const searchDesign: SearchOptions = {
  ...searchDefaults,
  profile: { ...searchDefaults.profile, levels: 16 },
  tolerance: 0.01,
  referenceEpochs: 16,
  epochs: 2,
};

/**
 * Where filters go: three steps that leave a third of the multiply-adds, many rounds with half the rate beside the reference's answers
 * after each, and more at last. Few rounds are what a step loses accuracy by (docs/search.md).
 */
export const filterDesign: SearchOptions = {
  ...searchDesign,
  unit: 'filters',
  shrink: { cut: 0.3, of: 'multiply-adds', most: 0.5 },
  budget: { kind: 'trainings', trainings: 3 },
  warmLearningRate: 0.5,
  distillation: { weight: 0.7, temperature: 4 },
  epochs: 6,
  finalEpochs: 8,
  orders: [...searchOrders],
};

/** Scenes an epoch, drawn anew for each, and scenes held out: half of these choose, half report. */
export const searchScenes = { train: 3200, heldOut: 4000 } as const;
/** Where filters go, networks differ by less: of twice as many scenes a lucky one passes less often. */
export const filterScenes = { train: 3200, heldOut: 8000 } as const;
