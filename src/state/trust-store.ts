import { create } from 'zustand';
import type { TrustMeasure } from '../faithfulness/trust/trust-measures';
import type { TrustValues } from '../faithfulness/trust/trust-questions';
import type { EngineProgress } from '../rpc/engine-progress';

export interface TrustState {
  /** By layer of the analysis on screen what has been measured so far; null before anything is. */
  values: readonly TrustValues[] | null;
  /** What is measured at the moment, and whether somebody asked for it. */
  running: { measures: readonly TrustMeasure[]; asked: boolean; progress: EngineProgress } | null;
  /** Why the last measuring failed, in a sentence. */
  problem: string | null;
}

/** How far the maps on screen can be trusted. Changed by the trust controller only. */
export const useTrust = create<TrustState>()(() => ({ values: null, running: null, problem: null }));
