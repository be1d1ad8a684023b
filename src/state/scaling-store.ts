import { create } from 'zustand';
import type { ScalingTrial } from '../network/scaling/scaling-trial';
import type { OpenPicture } from './explain-store';

export interface ScalingTrialsState {
  /** The picture, and what its network is known by, that the rest is about. */
  of: { picture: OpenPicture; network: string } | null;
  /** What the network says of the picture on screen by each scaling worth trying; null until that is computed. */
  trials: ScalingTrial[] | null;
  /** Why it could not be computed. */
  problem: string | null;
  /** Whether it was asked for where nothing speaks against the scaling. */
  asked: boolean;
}

/** The other ways to scale the picture on screen. Changed by the scaling controller only. */
export const useScalingTrials = create<ScalingTrialsState>()(() => ({
  of: null,
  trials: null,
  problem: null,
  asked: false,
}));
