import type { BackendPreference, BackendReport } from '../backend/backend-names';
import type { NetworkSource } from '../network/network-request';
import type { ImageSource } from '../picture/sets/image-set';
import type { SaliencyMethod } from '../saliency/method-names';
import type { EntropyMeasure } from '../semiotics';
import type { Architecture } from './architecture/architecture';
import type { FoundWeights } from './architecture/graph-weights';
import type { NamedWeight } from './architecture/named-weight';

/** What a network is trained on. */
export type TrainingData =
  | {
      kind: 'pictographs';
      seed: number;
      /** Scenes drawn for training, for the tests while training, and for the last test. */
      train: number;
      heldOut: number;
      /** Every epoch draws as many new scenes for training, so that none is seen twice; else the same ones. */
      endless?: boolean;
    }
  | {
      kind: 'images';
      sources: ImageSource[];
      /** Share of every class that is held out where the folders name no split. */
      heldOutShare: number;
      /** Of the split. */
      seed: number;
    };

export interface Augmentation {
  mirror: boolean;
  /** Largest shift, as a share of the side. */
  shift: number;
  /** Largest relative change of size. */
  scale: number;
  /** Largest relative change of brightness, contrast and saturation. */
  colour: number;
}

/** How a network is trained. */
export interface Recipe {
  optimiser:
    | { kind: 'adam'; beta1: number; beta2: number; epsilon: number }
    | { kind: 'sgd'; momentum: number };
  /** The largest of the schedule. */
  learningRate: number;
  /** `one-cycle`: Smith 2018, up for the first 30 %, then down to nothing, both by half a cosine. */
  schedule: 'one-cycle' | 'constant';
  epochs: number;
  batch: number;
  /** Decoupled from the gradient (Loshchilov and Hutter 2019), on filters and matrices, not on offsets and scales. */
  weightDecay: number;
  labelSmoothing: number;
  augmentation: Augmentation;
  /** Ends the training when the held-out loss has not fallen for so many epochs; null for never. */
  patience: number | null;
  /** Of the initial weights, the order of pictures, augmentation and dropout. */
  seed: number;
  /** Blocks that learn no more, from the front on, as the training goes; left out for none. */
  freezing?: Freezing;
}

/** When blocks are frozen. */
export type Freezing =
  /** Once the entropy of their layers has moved by less than its standard error over so many epochs. */
  | { by: 'entropy'; epochs: number; profile: ProfileOptions }
  /** Evenly, from this share of the epochs on. */
  | { by: 'clock'; from: number };

/** Mean entropy of a layer over held-out pictures, and the standard error of the mean. */
export interface LayerEntropy {
  name: string;
  entropy: number;
  error: number;
}

/** All that it takes to go on where a training was. Structured-cloneable. */
export interface Checkpoint {
  architecture: Architecture;
  recipe: Recipe;
  /** Steps done. */
  step: number;
  weights: NamedWeight[];
  /** The optimiser's moments, named after the weights. */
  moments: NamedWeight[];
  /** The weights of the epoch with the lowest held-out loss, where the recipe has a patience; else null. */
  best: { epoch: number; weights: NamedWeight[] } | null;
  history: TrainingHistory;
}

export interface TrainingHistory {
  steps: StepReport[];
  epochs: EpochReport[];
}

export interface StepReport {
  step: number;
  loss: number;
  /** Share of the batch that is named right. */
  accuracy: number;
  learningRate: number;
  /** Milliseconds. */
  time: number;
}

export interface EpochReport {
  epoch: number;
  step: number;
  /** On held-out pictures. */
  loss: number;
  accuracy: number;
  /** Spatial entropy by layer at this time; null where it was not measured. */
  profile: LayerProfile[] | null;
  /** What freezing by entropy goes by; left out without. */
  settling?: LayerEntropy[];
  /** Blocks that learn no more from here on; left out where none is to be frozen. */
  frozen?: string[];
}

/** Means over held-out pictures of the entropy of one layer's saliency map. */
export interface LayerProfile {
  name: string;
  entropy: number;
  /** Of the same maps shuffled. */
  null: number;
  /** Standard error of `entropy` less that of the layer before, beyond the null's; null at the first layer. */
  error: number | null;
}

export interface Evaluation {
  loss: number;
  accuracy: number;
  /** classes x classes counts, a row for each true class. */
  confusion: number[][];
}

/** What some steps came to. */
export interface Advance {
  reports: StepReport[];
  epochDone: boolean;
  /** Of the epoch that ended with these steps; null where none did. */
  epoch: EpochReport | null;
  /** Nothing is left to do. */
  done: boolean;
  /**
   * Why the training ended before its last epoch, a sentence: patience ran out (the best epoch's weights are taken up again), or the
   * loss exploded (the last good weights are). Null otherwise.
   */
  ended: string | null;
}

/** How the entropy of layers is measured in a training. */
export interface ProfileOptions {
  /** Held-out pictures that are measured. */
  pictures: number;
  method: SaliencyMethod;
  measure: EntropyMeasure;
  levels: number;
  /** Size at which maps are measured: the picture's or the layer's own. */
  grid: 'input' | 'native';
  /** Of every map, for its null model. */
  shuffles: number;
}

export interface DataSummary {
  classes: string[];
  train: number;
  heldOut: number;
  /** Pictures left out, with the reason in words. */
  refused: { path: string; reason: string }[];
}

export interface OpenTraining {
  backend: BackendPreference;
  data: TrainingData;
  /** A new training, or the one to go on with. */
  start: { architecture: Architecture; recipe: Recipe; weights: NamedWeight[] | null } | Checkpoint;
}

/** What the training worker can be asked. It holds one training; who pauses simply asks for no further steps. */
export interface TrainingMethods {
  open: {
    request: OpenTraining;
    result: { data: DataSummary; backend: BackendReport; stepsPerEpoch: number; steps: number };
    progress: { text: string; fraction: number | null };
  };
  /**
   * Takes up to `steps` steps; fewer at the end of an epoch or when the time is up. An epoch ends with an evaluation on all
   * held-out pictures.
   */
  advance: {
    request: { steps: number; milliseconds: number };
    /** The backend changes where a device is lost; the training then goes on from the last kept step, which may repeat some. */
    result: Advance & { backend: BackendReport };
    progress: StepReport;
  };
  evaluate: {
    request: { pictures: number | null };
    result: Evaluation;
    progress: { fraction: number };
  };
  profile: { request: ProfileOptions; result: LayerProfile[]; progress: { fraction: number } };
  checkpoint: { request: Record<never, never>; result: Checkpoint; progress: never };
  close: { request: Record<never, never>; result: null; progress: never };
  /** What the weights of a loaded network give an architecture to start from. Touches no training. */
  startingWeights: {
    request: { architecture: Architecture; network: NetworkSource };
    result: FoundWeights;
    progress: { text: string; fraction: number | null };
  };
}
