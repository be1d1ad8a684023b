import { useMemo } from 'react';
import { create } from 'zustand';
import type { ImageSet, ImageSource } from '../../../picture/sets/image-set';
import type { Duplicates } from '../../../study/run/duplicates';
import type { KeptStudy, StudyProgress } from '../../../study/run/runner';
import type { Study } from '../../../study/study-data';
import { type Grouping, groupingsOf } from '../../../study/summary/groups';
import type { Target } from '../../../study/summary/number-columns';
import { initialChoices, type PageChoice, type StudyChoices } from './study-settings';

/** The pictures that a study is to be made of. */
export interface OpenImages {
  /** What was opened, in words. */
  name: string;
  sources: ImageSource[];
  set: ImageSet;
  /** The class folders, in the order of their names. */
  folders: ClassFolder[];
  /** Parts of a set laid out split/class/file. */
  splits: string[];
  duplicates: Duplicates;
}

export interface ClassFolder {
  folder: string;
  images: number;
  /** Index among the network's labels; null where none of them is meant. */
  class: number | null;
}

/** Settings that the form of the Study workspace makes; network and backend are those of the page. */
export type FormChoices = Omit<StudyChoices, PageChoice>;

/** A study that is set against the one on screen. */
export interface Comparison {
  study: Study;
}

/** What is looked at; null stands for the first there is, and for the last layer. */
export interface StudyView {
  /** Id of the number whose profile is drawn. */
  column: string | null;
  target: Target;
  grouping: Grouping;
  spread: string | null;
  /** Axes of the scatter: ids of numbers, or `probability`. */
  x: string | null;
  y: string | null;
  /** Name of the layer that table and scatter take their numbers from. */
  layer: string | null;
}

/** A run, and what becomes of its results. */
export interface Running {
  progress: StudyProgress;
  role: 'study' | 'comparison';
}

export interface StudyState {
  choices: FormChoices;
  images: OpenImages | null;
  /** What is on screen: whole, or as far as its run has come. */
  study: Study | null;
  /** Among the studies kept in this browser; null for one from a file. */
  id: string | null;
  running: Running | null;
  /** Id of the study that this tab runs. */
  runs: string | null;
  kept: KeptStudy[];
  /** The status line while nothing runs. */
  note: string;
  comparison: Comparison | null;
  view: StudyView;
  /** Position in the study of the picture that stands out. */
  selected: number | null;
}

/** What the Study workspace shows. Changed by its controller only. */
export const useStudy = create<StudyState>()(() => ({
  choices: initialChoices,
  images: null,
  study: null,
  id: null,
  running: null,
  runs: null,
  kept: [],
  note: 'Ready',
  comparison: null,
  view: {
    column: null,
    target: 'predicted',
    grouping: 'answer',
    spread: null,
    x: null,
    y: null,
    layer: null,
  },
  selected: null,
}));

export const look = (change: Partial<StudyView>): void =>
  useStudy.setState(({ view }) => ({ view: { ...view, ...change } }));

/** What is looked at of a study, as far as it has that: one box of every picture is explained for no second class, and in no group by class. */
export function useViewOf(study: Study): StudyView {
  const view = useStudy((state) => state.view);
  return useMemo(() => {
    const [first, ...others] = groupingsOf(study);
    const grouping = others.includes(view.grouping) ? view.grouping : first;
    return { ...view, grouping, target: study.settings.box ? 'predicted' : view.target };
  }, [study, view]);
}
