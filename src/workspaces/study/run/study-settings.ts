import { ENTROPY_MEASURES, type EntropyMeasure } from '../../../semiotics';
import { parametersIn } from '../../../state/address';
import {
  oneOf,
  readSettings,
  type Setting,
  type SettingsOf,
  writeSettings,
  yesOrNo,
} from '../../../state/setting-table';
import { explainSettings, methodSetting, type SettingKey } from '../../../state/settings';
import { studyAgainst, studyBoxes } from '../../../study/study-data';

const isMeasure = (text: string): text is EntropyMeasure => ENTROPY_MEASURES.some(({ id }) => id === text);

/** Largest sample and largest seed that the address takes. */
const most = 999_999;

/** Every setting that decides a study's numbers: controls, address bar and validation all read this table. */
export const studySettings = {
  model: explainSettings.model,
  inputScaling: explainSettings.inputScaling,
  output: explainSettings.output,
  reads: explainSettings.reads,
  size: explainSettings.size,
  backend: explainSettings.backend,
  method: methodSetting(),
  smooth: explainSettings.smooth,
  /** What every picture's class is set against. */
  against: oneOf('against', ['none', ...studyAgainst], 'none'),
  /** The box of every picture that is explained in place of a class. */
  box: oneOf('box', ['none', ...studyBoxes], 'none'),
  part: explainSettings.part,
  pooling: explainSettings.pooling,
  measures: {
    parameter: 'measures',
    initial: ['aura-matrix'],
    parse: (text) => {
      const ids = [...new Set(text.split(','))];
      return ids.every(isMeasure) ? ids : undefined;
    },
    format: (value) => value.join(','),
    allowed: `any of ${ENTROPY_MEASURES.map(({ id }) => id).join(', ')}, with commas between them`,
  } satisfies Setting<EntropyMeasure[]> as Setting<EntropyMeasure[]>,
  /** What is asked of how far maps can be trusted, and of which methods' maps. */
  trust: oneOf('trust', ['none', 'quick', 'road', 'all'], 'none'),
  trustDraws: {
    parameter: 'trust-draws',
    initial: 0,
    parse: (text) => (/^\d{1,2}$/.test(text) ? Number(text) : undefined),
    format: String,
    allowed: 'a whole number from 0 to 99',
  } satisfies Setting<number> as Setting<number>,
  trustMethods: oneOf('trust-methods', ['own', 'one-pass'], 'own'),
  levels: explainSettings.levels,
  grid: explainSettings.grid,
  neighbourhood: explainSettings.neighbourhood,
  torus: explainSettings.torus,
  tau: explainSettings.tau,
  theta: explainSettings.theta,
  /** Folder of a set laid out split/class/file; empty for all pictures. */
  split: {
    parameter: 'split',
    initial: '',
    parse: (text) => text,
    format: (value) => value,
    allowed: 'any text',
  } satisfies Setting<string> as Setting<string>,
  /** Pictures drawn from the set; null for all. */
  sample: {
    parameter: 'sample',
    initial: null,
    parse: (text) => (text === 'all' ? null : numberIn(text, 1)),
    format: (value) => (value === null ? 'all' : String(value)),
    allowed: `all, or how many images, from 1 to ${most}`,
  } satisfies Setting<number | null> as Setting<number | null>,
  /** Whether of images with the same bytes only the first is studied. */
  withoutDuplicates: yesOrNo('without-duplicates', false),
  seed: {
    parameter: 'seed',
    initial: 1,
    parse: (text) => numberIn(text, 0),
    format: String,
    allowed: `a whole number from 0 to ${most}`,
  } satisfies Setting<number> as Setting<number>,
};

export type StudyChoices = SettingsOf<typeof studySettings>;

/** What is the page's own, and stands in a study's address too: the network and how it is read, and where it is computed. */
export const pageKeys = [
  'model',
  'inputScaling',
  'output',
  'reads',
  'size',
  'backend',
] as const satisfies (keyof StudyChoices & SettingKey)[];

export type PageChoice = (typeof pageKeys)[number];

export const initialChoices = readSettings(studySettings, {}).settings;

/** `#study?model=photos10&...` */
export const formatStudyAddress = (choices: StudyChoices): string =>
  `#study?${new URLSearchParams(writeSettings(studySettings, choices))}`;

export const parseStudyAddress = (hash: string) => readSettings(studySettings, parametersIn(hash));

function numberIn(text: string, least: number): number | undefined {
  if (!/^\d{1,6}$/.test(text)) return undefined;
  return Number(text) >= least ? Number(text) : undefined;
}
