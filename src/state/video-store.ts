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
  /** From where on it shows one and the same picture to its end, in seconds; null where it moves. */
  readonly stillFrom: number | null;
  readonly measured: VideoMeasurement | null;
  /** What is under way; null when nothing is. */
  readonly progress: string | null;
}

/** A video that is being read: which of the frames that are wanted of it is next, from 1. */
export interface VideoOpening {
  readonly name: string;
  readonly frame: number;
  readonly wanted: number;
}

interface VideoState {
  /** The video whose frames are shown; null where none is open. */
  readonly video: OpenVideo | null;
  /** The one that is being read, and takes the place of that once it is. */
  readonly opening: VideoOpening | null;
}

/** Changed by the controller of videos only. */
export const useVideo = create<VideoState>()(() => ({ video: null, opening: null }));
