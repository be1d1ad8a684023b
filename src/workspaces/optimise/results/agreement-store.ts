import { create } from 'zustand';
import type { PartAgreementLayer } from '../../../figures';

export interface AgreementState {
  /** How well signs meet parts and object, by layer; null until it is measured. */
  layers: PartAgreementLayer[] | null;
  /** Network and scenes that it was measured on, in a sentence. */
  about: string;
  /** Scenes measured, of how many; null while nothing is measured. */
  progress: { done: number; of: number } | null;
}

/** How signs of the network on screen meet the known parts of Pictographs. Changed by its controller only. */
export const useAgreement = create<AgreementState>()(() => ({ layers: null, about: '', progress: null }));
