import type { Architecture } from '../training/architecture/architecture';
import type { Distillation } from '../training/distillation';
import type { LayerProfile, ProfileOptions, Recipe, TrainingData } from '../training/training-methods';
import type { FilterMeasures } from './filters/filter-measures';
import type { Cut, ShrunkGroup } from './filters/shrunk-groups';

/** Orders in which blocks or filters are tried: by superization, and the controls. `uniform` is for filters alone. */
export const searchOrders = ['semiotic', 'random', 'l1', 'parameters', 'taylor', 'scale', 'uniform'] as const;
export type SearchOrder = (typeof searchOrders)[number];

/** What is taken out in one step. */
export const searchUnits = ['blocks', 'filters'] as const;
export type SearchUnit = (typeof searchUnits)[number];

export interface SearchOptions {
  /** From the whole architecture downwards, or from one block a stage upwards to it. */
  direction: 'prune' | 'grow';
  /** One block a step, or filters of one layer after the other. Only blocks can be added. */
  unit: SearchUnit;
  /** Of a step that takes filters; halved where a step over several groups is put back. */
  shrink: Cut;
  /** Share of pictures by which a network may fall behind the reference, 0.01 for a point. */
  tolerance: number;
  /**
   * Trainings of each order and seed, or minutes for the whole search. Minutes are divided evenly among the seeds; what the reference
   * of a seed leaves is spent in rounds, one training of every order each. References do not count as trainings.
   */
  budget: { kind: 'trainings'; trainings: number } | { kind: 'minutes'; minutes: number };
  /** Epochs of the whole architecture, from random weights; 0 where it is given with its weights, and only measured. */
  referenceEpochs: number;
  /** Epochs of every network after it. */
  epochs: number;
  /**
   * Whether a network begins with its parent's weights: those whose name and shape are the same in both. A layer that now reads
   * another number of channels begins at random; so does one that is added.
   */
  warmStart: boolean;
  /** Share of the recipe's learning rate for networks that begin warm. */
  warmLearningRate: number;
  /** How much a network learns from the answers of its reference; null for nothing. */
  distillation: Distillation | null;
  /** Epochs more for what a run has come to; 0 for none. */
  finalEpochs: number;
  /** How the layers' entropy is measured. */
  profile: ProfileOptions;
  /** Whether a fall of entropy counts beyond that of the null model. */
  beyondNull: boolean;
  orders: SearchOrder[];
  /** Of weights and order of pictures; a reference and a run of every order for each. */
  seeds: number[];
}

/** What a block does to the spatial entropy. Bits where the measure is in bits. */
export interface BlockStep {
  block: string;
  entropy: number;
  /** Of the same maps shuffled. */
  null: number;
  /** Entropy of the block before less this one's; null at the first. */
  fall: number | null;
  /** The same of the null model. */
  nullFall: number | null;
  /** Standard error of the one less the other; null where it was not measured. */
  error: number | null;
}

/** A block that can be changed, with its place in the order of a search. */
export interface Candidate {
  block: string;
  /** Index of its stage. */
  stage: number;
  /** What the order goes by; the smallest is tried first, and last of all what was not measured (null). */
  rank: number | null;
}

export interface Change {
  kind: 'remove' | 'add' | 'shrink';
  /** Name of the block; where filters go, of the group that decided. */
  block: string;
  stage: number;
  /** All that could have been changed, the first of them first. */
  candidates: Candidate[];
  /** The step of the layer that decided, where the order goes by it. */
  step: BlockStep | null;
  /** The filters that go, where it is filters. */
  filters?: ShrunkGroup[];
}

/** A network to train and measure next. Plain data. */
export interface Move {
  id: string;
  seed: number;
  /** Null for what all orders of a seed share. */
  order: SearchOrder | null;
  /** `final`: no change, but a longer training of what a run has come to. */
  role: 'reference' | 'start' | 'step' | 'final';
  parent: string | null;
  architecture: Architecture;
  change: Change | null;
  /** Network whose weights it begins with; null for random ones. */
  from: string | null;
  recipe: Recipe;
}

export interface Score {
  accuracy: number;
  /** Mean softmax cross entropy, nats. */
  loss: number;
}

/** What training and measuring a network gave. */
export interface Measurement {
  /** Network and order are chosen by this part of the held-out pictures alone ... */
  validation: Score;
  /** ... and reported by this one, which no choice ever sees. */
  test: Score;
  profile: LayerProfile[];
  /** Mean absolute filter weight of every block. */
  filterNorms: { block: string; norm: number }[];
  /** What orders know of single filters, where they go by that. */
  filters?: FilterMeasures[];
  /**
   * Milliseconds of a forward pass of one picture that nothing disturbs: of a reference as it was timed, of the others that times their
   * ratio to passes of the reference between their own.
   */
  latency: number;
  /** Spent on training and measuring it. */
  milliseconds: number;
}

/** A network that was tried, with all that is known of it. */
export interface TriedNetwork extends Move, Measurement {
  parameters: number;
  /** Of one picture's forward pass. */
  multiplyAdds: number;
  /** `rejected`: what was changed is put back, and not tried again in this run. */
  verdict: 'reference' | 'start' | 'kept' | 'rejected';
}

/** A search, whole and serialisable: all else follows from it. */
export interface SearchState {
  options: SearchOptions;
  /** What it prunes, or grows towards. */
  architecture: Architecture;
  /** Of the reference; epochs and seed as the options say. */
  recipe: Recipe;
  labels: string[];
  /** What the networks are trained on, in words. */
  source: string;
  /** Where they are trained, in words; null until it begins. */
  backend: string | null;
  networks: TriedNetwork[];
  /** The scenes that they are trained on, where it is Pictographs, so that whoever opens it can go on; null for pictures. */
  scenes: Scenes | null;
  /** The part of the runs that is done here; null for all. */
  shard: Shard | null;
}

export type Scenes = Extract<TrainingData, { kind: 'pictographs' }>;

/** One of several parts of a search that are run apart. */
export interface Shard {
  /** From 1. */
  index: number;
  of: number;
}

/** The name under which a search keeps the weights that its reference is given with. */
export const GIVEN = 'given';

/** A search that cannot be made; a sentence that says what to do. */
export class SearchError extends Error {
  override name = 'SearchError';
}
