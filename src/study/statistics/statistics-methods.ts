import type { LayerCorrelations } from '../trust/rank-correlation-band';
import type { TellsApart } from '../trust/tells-apart';
import type { Band } from './bootstrap';
import type { EffectBand } from './bootstrap-effects';
import type { Spread } from './spread';

/** What the worker of the statistics can be asked; element i of every series belongs to picture i. */
export interface StatisticsMethods {
  /** Means with bootstrap bands, of several series over the same pictures, then of differences (`bootstrapDifferences`). */
  bands: {
    request: { series: Float64Array[]; differences?: [from: number, to: number][]; seed: number };
    result: Band[];
    progress: never;
  };
  /** p of paired sign flips, a series each. */
  paired: { request: { series: Float64Array[]; seed: number }; result: number[]; progress: never };
  /** p of paired sign flips of all series as one family, corrected for their number. */
  pairedFamily: { request: { series: Float64Array[]; seed: number }; result: number[]; progress: never };
  /** p of regroupings, a series each. */
  groups: {
    request: { series: Float64Array[]; first: boolean[]; seed: number };
    result: number[];
    progress: never;
  };
  /** Effect sizes of paired differences with bootstrap bands, a series each. */
  effects: {
    request: { series: Float64Array[]; seed: number };
    result: (EffectBand | null)[];
    progress: never;
  };
  /** Rank correlations of two numbers, by layer (`correlationsOfLayers`). */
  correlations: {
    request: { first: Float64Array[]; second: Float64Array[]; seed: number; fewest: number };
    result: LayerCorrelations;
    progress: never;
  };
  /** How well each series tells the marked pictures from the others (`tellsApart`). */
  tellApart: {
    request: { series: Float64Array[]; marked: boolean[]; seed: number };
    result: (TellsApart | null)[];
    progress: never;
  };
  /** How well a regression on all of these tells them, by pictures it was not fitted on (`heldOutRegression`). */
  regression: {
    request: { predictors: Float64Array[]; marked: boolean[]; seed: number };
    result: TellsApart | null;
    progress: never;
  };
  /** How each series is spread. */
  spreads: { request: { series: Float64Array[] }; result: (Spread | null)[]; progress: never };
}

/** The statistics as whoever draws them asks for them: answered by a worker on the page, at once in a test. */
export type AskStatistics = <Name extends keyof StatisticsMethods>(
  name: Name,
  request: StatisticsMethods[Name]['request'],
) => Promise<StatisticsMethods[Name]['result']>;
