import { create } from 'zustand';
import type { ImageSource } from '../../picture/sets/image-set';
import type { Architecture } from '../../training/architecture/architecture';
import type { BlockPlace } from './architecture/change-architecture';
import { type EditHistory, newHistory } from './architecture/edit-history';
import { architectureOf } from './architecture/network-of';
import type { ImageSummary } from './data/image-summary';
import { initialOptimise, type OptimiseSettings } from './optimise-settings';

/** Pictures of the user's own, to train on. */
export interface OpenImages {
  /** Of the archive or folder. */
  name: string;
  sources: ImageSource[];
  summary: ImageSummary;
}

export interface OptimiseState {
  settings: OptimiseSettings;
  /** The architecture, and what it was before. Its number of classes is that of the data: see `currentArchitecture`. */
  history: EditHistory<Architecture>;
  /** The block that the editor's controls change. */
  selected: BlockPlace;
  images: OpenImages | null;
  /** Whether dropped pictures are being looked through. */
  opening: boolean;
}

/** The network to come and its data. Changed by its controller only. */
export const useOptimise = create<OptimiseState>()(() => ({
  settings: initialOptimise,
  history: newHistory(architectureOf(initialOptimise)),
  selected: { stage: 0, block: 0 },
  images: null,
  opening: false,
}));

/** Classes of Pictographs. */
const pictographCount = 10;

/** The architecture for the data at hand. */
export function currentArchitecture({
  history,
  settings,
  images,
}: Pick<OptimiseState, 'history' | 'settings' | 'images'>): Architecture {
  const found = settings.data === 'images' ? images?.summary.classes.length : pictographCount;
  return { ...history.present, classes: Math.max(2, found ?? history.present.classes) };
}
