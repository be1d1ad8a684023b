import { create } from 'zustand';
import type { ImageSet } from '../engine/image-set/image-set';
import type { Study } from './study-data';
import { initialChoices, type StudyChoices } from './study-settings';

/** The pictures that a study is to be made of. */
export interface OpenImages {
  /** What was opened, in words. */
  name: string;
  set: ImageSet;
  /** The class folders, in the order of their names, each with the network's class; null where none is. */
  folders: ClassFolder[];
}

export interface ClassFolder {
  folder: string;
  images: number;
  /** Index among the network's labels. */
  class: number | null;
}

/** How far a run has come. */
export interface StudyProgress {
  done: number;
  total: number;
  /** Images a second of late; null until the first are done. */
  rate: number | null;
  /** What goes on, before the first image. */
  text: string;
}

/** Which choices the settings form makes beside what the Explain workspace has too. */
export type FormChoices = Omit<StudyChoices, 'model' | 'inputScaling' | 'backend'>;

/** A study that is compared with the one on screen. */
export interface Comparison {
  study: Study;
  /** What the two are called beside each other. */
  first: string;
  second: string;
}

export interface StudyState {
  choices: FormChoices;
  images: OpenImages | null;
  /** What is on screen: whole, or as far as the run has come. */
  study: Study | null;
  /** Id of the study on screen among the kept ones. */
  id: string | null;
  running: StudyProgress | null;
  paused: boolean;
  /** What became of the last run, or what is to be done; the status line. */
  note: string;
  comparison: Comparison | null;
  /** Picture of the study that stands out in scatter and table. */
  selected: number | null;
}

/** What the Study workspace shows. Changed by its controller only. */
export const useStudy = create<StudyState>()(() => ({
  choices: initialChoices,
  images: null,
  study: null,
  id: null,
  running: null,
  paused: false,
  note: 'Ready',
  comparison: null,
  selected: null,
}));
