import { create } from 'zustand';
import type { LayerMeasurement } from '../engine/measure/measure-methods';
import type { AnalyseResult } from '../saliency/analysis';
import type { OpenPicture } from './explain-store';

/** One frame of a video that was dropped. */
export interface VideoFrame {
  /** Where it stands in the video, in seconds. */
  readonly seconds: number;
  readonly picture: OpenPicture;
  /** Null until the network has read it. */
  readonly analysis: AnalyseResult | null;
}

/** What is known of the frames at one layer; null where a frame has no evidence there. */
export interface VideoMeasurement {
  readonly layer: string;
  readonly entropies: readonly (LayerMeasurement | null)[];
  /** Number of signs by frame; null until they are found. */
  readonly signs: readonly (number | null)[] | null;
}

export interface OpenVideo {
  readonly name: string;
  readonly file: Blob;
  /** How many frames are taken. */
  readonly wanted: number;
  readonly frames: readonly VideoFrame[];
  readonly measured: VideoMeasurement | null;
  /** What is under way; null when nothing is. */
  readonly progress: string | null;
}

/** The video whose frames are shown; null where none is open. Changed by its controller only. */
export const useVideo = create<{ video: OpenVideo | null }>()(() => ({ video: null }));
