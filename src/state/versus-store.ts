import { create } from 'zustand';
import type { Measurement } from '../engine/measure/measure-methods';
import type { EngineProgress } from '../rpc/engine-progress';
import type { AnalyseResult } from '../saliency/analysis';
import type { EvidenceDifference, LayerMatch } from '../semiotics';
import type { OpenPicture } from './explain-store';
import type { ExplainSettings } from './settings';

/** What stands beside the analysis on screen. */
export interface VersusSide {
  /** Those of the page but for what differs. */
  settings: ExplainSettings;
  picture: OpenPicture;
  analysis: AnalyseResult;
  /** In the measure of the page; null until the first values are there. */
  measurement: Measurement | null;
  /** What could not be the same as on screen, in a sentence; empty where nothing. */
  note: string;
}

export interface VersusState {
  /** The setting `versus` that was followed last. */
  asked: string;
  /** The analysis on screen that it was followed for. */
  of: AnalyseResult | null;
  /** Null until it is analysed. */
  b: VersusSide | null;
  match: LayerMatch | null;
  /** By layer of the analysis on screen, the map there less its partner's; null until computed. */
  differences: readonly EvidenceDifference[] | null;
  progress: EngineProgress | null;
  /** Why there is nothing to compare with, in a sentence, and whether the network is one that asks before it goes on. */
  problem: { text: string; asksToGoOn: boolean } | null;
}

export const nothingBeside: VersusState = {
  ...{ asked: '', of: null, b: null, match: null, differences: null, progress: null, problem: null },
};

/** A against B: the analysis on screen beside a second one. Changed by the controller in `explain/versus` only. */
export const useVersus = create<VersusState>()(() => nothingBeside);
