import { create } from 'zustand';
import type { BackendReport } from '../../../backend/backend-names';
import type { EngineProgress } from '../../../rpc/engine-progress';
import type { Architecture } from '../../../training/architecture/architecture';
import type {
  Checkpoint,
  DataSummary,
  Evaluation,
  Recipe,
  TrainingHistory,
} from '../../../training/training-methods';
import type { OptimiseSettings } from '../optimise-settings';

/** A training as it was begun. */
export interface TrainingRun {
  /** Of this training alone, under which it is kept. */
  id: string;
  architecture: Architecture;
  recipe: Recipe;
  /** The page's settings when it began. */
  settings: OptimiseSettings;
  /** What it is trained on, in words. */
  source: string;
  data: DataSummary;
  backend: BackendReport;
  stepsPerEpoch: number;
  steps: number;
  /** ISO 8601. */
  begun: string;
}

/** The weights at one time, with what they can do. */
export interface GoodWeights {
  checkpoint: Checkpoint;
  /** On all held-out pictures; null where they were not tested since. */
  evaluation: Evaluation | null;
}

/** A training on the disk, from which it can go on. */
export interface StoredTraining {
  run: TrainingRun;
  last: GoodWeights;
  finished: boolean;
}

export type TrainingPhase = 'idle' | 'opening' | 'running' | 'pausing' | 'paused' | 'finished';

export interface TrainingState {
  phase: TrainingPhase;
  /** Whether the pause that was asked for is to be the end. */
  stopping: boolean;
  run: TrainingRun | null;
  history: TrainingHistory;
  /** The newest weights that are good; null before the first. */
  weights: GoodWeights | null;
  /** What is under way beside the steps; null when nothing is. */
  progress: EngineProgress | null;
  /** Milliseconds that the last test and measurement at an epoch's end took. */
  epochEnd: number;
  /** What became of the training; null where nothing is to be said. */
  note: string | null;
  /** When that was, as `performance.now()` has it. */
  told: number;
}

export const noHistory: TrainingHistory = { steps: [], epochs: [] };

/** The training on screen. Changed by its controller only. */
export const useTraining = create<TrainingState>()(() => ({
  phase: 'idle',
  stopping: false,
  run: null,
  history: noHistory,
  weights: null,
  progress: null,
  epochEnd: 0,
  note: null,
  told: 0,
}));
