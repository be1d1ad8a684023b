import { create } from 'zustand';
import type { Prediction } from '../../../network/prediction';
import type { InputScaling } from '../../../network/scaling/input-scaling';
import type { ImageSet } from '../../../picture/sets/image-set';

/** What the network says of some of the images by one scaling. */
export interface TriedImages {
  scaling: InputScaling;
  /** An entry an image that was tried, with the class folder it lies in. */
  images: { answer: Prediction; folder: string | null }[];
}

export interface ScalingTrialState {
  /** The images, and what the network and the choice among them are known by, that the rest is about. */
  of: { set: ImageSet; network: string; chosen: string } | null;
  /** By the scalings tried so far on the open images; null before the first. */
  tried: TriedImages[] | null;
  /** Why they could not be tried. */
  problem: string | null;
  /** Whether the reader is asked by which scaling to study. */
  asking: boolean;
}

/** The scalings to study by, tried on a few of the open images. Changed by the scaling question's controller only. */
export const useScalingTrial = create<ScalingTrialState>()(() => ({
  of: null,
  tried: null,
  problem: null,
  asking: false,
}));
