import type { Graph } from '../network/network-graph';
import type { Architecture } from './architecture/architecture';
import type { NamedWeight } from './architecture/named-weight';
import type { Distillation } from './distillation';
import type {
  Advance,
  Checkpoint,
  Evaluation,
  LayerProfile,
  ProfileOptions,
  Recipe,
  StepReport,
  TrainingHistory,
} from './training-methods';

/** A network that has learned, and how much its answers count. */
export interface Teacher extends Distillation {
  /**
   * @param input pictures as the network reads them, n x side x side x 3
   * @returns [n, classes], row-major
   */
  logits(input: Float32Array, count: number): Promise<Float32Array>;
}

export type SessionStart =
  | {
      architecture: Architecture;
      recipe: Recipe;
      /** Taken where name and shape fit, the others begin at random; null for all at random. */
      weights: readonly NamedWeight[] | null;
      /** Whose answers it learns from beside the labels; of the current backend, and the caller's. */
      teacher?: Teacher | null;
    }
  | { checkpoint: Checkpoint };

export interface SessionHooks {
  onStep?(report: StepReport): void;
  onProgress?(fraction: number): void;
  /** Lets messages in and throws when the work was cancelled; between steps. */
  pause?(): Promise<void>;
}

/** One training on the current backend. Its methods are not to be called before the one before has answered. */
export interface TrainingSession {
  readonly architecture: Architecture;
  readonly recipe: Recipe;
  /** Steps done. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Of the whole training. */
  readonly steps: number;
  readonly history: TrainingHistory;
  /** Up to so many steps, within one epoch, and no more of them once `milliseconds` have passed. */
  advance(steps: number, hooks?: SessionHooks & { milliseconds?: number }): Promise<Advance>;
  /** On the first `pictures` held-out ones; all of them for null. */
  evaluate(pictures: number | null, hooks?: SessionHooks): Promise<Evaluation>;
  /** Becomes part of the history where it is taken at the end of an epoch. */
  profile(options: ProfileOptions, hooks?: SessionHooks): Promise<LayerProfile[]>;
  weights(): Promise<NamedWeight[]>;
  /** The network as it is now, in inference form. */
  graph(): Promise<Graph>;
  checkpoint(): Promise<Checkpoint>;
  dispose(): void;
}
