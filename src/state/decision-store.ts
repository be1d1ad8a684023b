import { create } from 'zustand';
import type { DecisionCurves, RandomisedWeights } from '../faithfulness/questions';
import type { RandomisationOrder } from '../faithfulness/randomisation-steps';
import type { EngineProgress } from '../rpc/engine-progress';

/** What can be asked about a decision beyond the analysis; one at a time. */
export type DecisionTask = 'weights' | 'curves' | 'randomised';

export interface DecisionState {
  /** Of the layer with this index, in the analysis on screen; null until they were asked for. */
  curves: { layer: number; result: DecisionCurves } | null;
  randomised: RandomisedWeights | null;
  /** In which order weights are randomised next. */
  order: RandomisationOrder;
  /** What was asked for and is under way; weights that come by themselves are none. */
  running: { task: DecisionTask; progress: EngineProgress } | null;
  /** Why the last one failed, in a sentence. */
  problem: string | null;
}

/** What carries the decision on screen, and how far its maps can be trusted. Changed by the decision controller only. */
export const useDecision = create<DecisionState>()(() => ({
  curves: null,
  randomised: null,
  order: 'cascading',
  running: null,
  problem: null,
}));
