import type { Architecture } from '../training/architecture/architecture';
import type { NamedWeight } from '../training/architecture/named-weight';
import { layoutOf, weightShapesOf } from '../training/architecture/parameter-layout';
import type { LayerProfile, Recipe } from '../training/training-methods';
import { blocksOf } from './removals';
import type { Search, SearchTrainer } from './search';
import type { Measurement, Move, SearchOptions, SearchState } from './search-state';

/** Three stages, 2 + 3 + 2 convolutions; the last one keeps its size. */
export const smallVgg: Architecture = {
  title: 'Example',
  side: 16,
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  stages: [
    { blocks: convolutions('a', 2, 4), shrink: 'max' },
    { blocks: convolutions('b', 3, 6), shrink: 'max' },
    { blocks: convolutions('c', 2, 8), shrink: 'none' },
  ],
  join: 'average',
  hidden: [],
  dropout: 0,
  classes: 3,
};

function convolutions(stage: string, count: number, width: number) {
  return Array.from({ length: count }, (_, i) => ({
    kind: 'convolution' as const,
    name: `${stage}${i + 1}`,
    width,
    size: 3 as const,
  }));
}

export const exampleRecipe: Recipe = {
  optimiser: { kind: 'sgd', momentum: 0.9 },
  learningRate: 0.1,
  schedule: 'one-cycle',
  epochs: 9,
  batch: 8,
  weightDecay: 0,
  labelSmoothing: 0,
  augmentation: { mirror: false, shift: 0, scale: 0, colour: 0 },
  patience: 3,
  seed: 99,
};

export const exampleOptions: SearchOptions = {
  direction: 'prune',
  unit: 'blocks',
  shrink: { cut: 0.2, most: 0.5 },
  tolerance: 0.02,
  budget: { kind: 'trainings', trainings: 100 },
  referenceEpochs: 4,
  epochs: 2,
  warmStart: true,
  warmLearningRate: 0.5,
  distillation: null,
  finalEpochs: 0,
  profile: { pictures: 2, method: 'grad-cam', measure: 'aura', levels: 8, grid: 'native', shuffles: 2 },
  beyondNull: true,
  orders: ['semiotic'],
  seeds: [1],
};

export const exampleState = (
  options: Partial<SearchOptions> = {},
  architecture: Architecture = smallVgg,
): SearchState => ({
  options: { ...exampleOptions, ...options },
  architecture,
  recipe: exampleRecipe,
  labels: ['x', 'y', 'z'],
  source: 'nothing',
  backend: null,
  networks: [],
  scenes: null,
  shard: null,
});

export const profileOf = (
  values: Record<string, readonly [entropy: number, nullEntropy: number]>,
): LayerProfile[] =>
  Object.entries(values).map(([name, [entropy, nullEntropy]], i) => ({
    name,
    entropy,
    null: nullEntropy,
    error: i === 0 ? null : 0.01,
  }));

/** What a world tells of each architecture; what it leaves out is the same for all. */
export type World = (blocks: string[], move: Move) => Partial<Measurement> & { accuracy: number };

/** A trainer for which accuracies are laws, and its record of what it was asked. */
export function trainerIn(world: World): SearchTrainer & { asked: { move: Move; start: string[] | null }[] } {
  const asked: { move: Move; start: string[] | null }[] = [];
  return {
    asked,
    async train(move, start) {
      asked.push({ move, start: start?.map(({ name }) => name) ?? null });
      const blocks = blocksOf(move.architecture).map(({ block }) => block.name);
      const { accuracy, ...rest } = world(blocks, move);
      const measurement: Measurement = {
        validation: { accuracy, loss: 1 },
        test: { accuracy: 0.5, loss: 1 },
        profile: profileOf(Object.fromEntries(blocks.map((name, i) => [name, [4 - i / 10, 4]]))),
        filterNorms: blocks.map((block) => ({ block, norm: 1 })),
        latency: 1,
        milliseconds: 60_000,
        ...rest,
      };
      return { measurement, weights: zeroWeights(move.architecture) };
    },
  };
}

const zeroWeights = (architecture: Architecture): NamedWeight[] =>
  weightShapesOf(layoutOf(architecture)).map(({ name, shape }) => ({
    name,
    shape,
    values: new Float32Array(shape.reduce((product, length) => product * length, 1)),
  }));

export async function runToEnd(search: Search): Promise<void> {
  while (await search.advance());
}

/** Blocks of every network tried, one string each, with its verdict. */
export const story = ({ networks }: SearchState): string[] =>
  networks.map(
    ({ architecture, verdict }) =>
      `${blocksOf(architecture)
        .map(({ block }) => block.name)
        .join(' ')}: ${verdict}`,
  );
