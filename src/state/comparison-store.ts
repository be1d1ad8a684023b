import { create } from 'zustand';
import type { ComparedMap } from '../engine/measure/measure-methods';
import type { EngineProgress } from '../rpc/engine-progress';
import type { AnalyseResult } from '../saliency/analysis';
import type { SaliencyMethod } from '../saliency/method-names';
import type { SaliencyLayer } from '../saliency/saliency-layer';

/** One layer by one method, with its numbers once they are there. */
export interface ComparedLayer {
  saliency: SaliencyLayer;
  measured: ComparedMap | null;
}

export interface ComparisonState {
  open: boolean;
  /** The analysis the methods are compared for: its picture, class, network and layers. */
  of: AnalyseResult | null;
  /** By method and position of the layer; slow methods have the layers they were asked for. */
  methods: Partial<Record<SaliencyMethod, (ComparedLayer | undefined)[]>>;
  /** What the numbers were measured by, as JSON. */
  measuredBy: string;
  progress: EngineProgress | null;
  /** What went wrong; stays until the next attempt. */
  problem: string | null;
}

export const emptyComparison: Omit<ComparisonState, 'open'> = {
  of: null,
  methods: {},
  measuredBy: '',
  progress: null,
  problem: null,
};

/** What the panel "Compare methods" shows. Changed by `explain/compare/comparison.ts` only. */
export const useComparison = create<ComparisonState>()(() => ({ open: false, ...emptyComparison }));
