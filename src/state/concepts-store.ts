import { create } from 'zustand';
import type { EngineProgress } from '../rpc/engine-progress';
import type { AnalyseResult } from '../saliency/analysis';
import type { LayerConcepts } from '../saliency/concepts/concepts';

export interface ConceptsState {
  /** The analysis whose layers these are; null before any is asked for. */
  of: AnalyseResult | null;
  /** Most concepts of a layer. */
  count: number;
  /** What has been found so far, by the layer's name. */
  layers: Readonly<Record<string, LayerConcepts>>;
  /** The layer that was asked for first, by its place among them; null before. */
  first: number | null;
  /** Whether every layer has been looked at; one that is missing then has no concepts of its own. */
  done: boolean;
  /** What is under way; null when nothing is. */
  progress: EngineProgress | null;
  /** Why it failed, in a sentence. */
  problem: string | null;
}

export const noConcepts = { layers: {}, first: null, done: false, progress: null, problem: null } as const;

/** The concepts of the analysis on screen. Changed by the concepts controller only. */
export const useConcepts = create<ConceptsState>()(() => ({ of: null, count: 0, ...noConcepts }));
