import { backendNames } from '../backend/backend-names';
import { colourMaps } from '../figures';
import { outputReads } from '../network/output-kind';
import { inputScalingNames } from '../network/scaling/input-scaling';
import { type Against, againstMany, type Box, type BoxPart, boxParts } from '../network/targets/target';
import { type SaliencyMethod, saliencyMethodNames } from '../saliency/method-names';
import { type MapSmoothing, mapSmoothingNames } from '../saliency/smoothing/map-smoothing';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../semiotics';
import {
  anyText,
  initialOf,
  keysOf,
  oneOf,
  oneOfNumbers,
  type Setting,
  type SettingsOf,
  share,
  wholeBetween,
  yesOrNo,
} from './setting-table';
import { versusSetting } from './versus';

/** In an address a plus sign stands for a space, so a `grad-cam++` written by hand arrives without its own. */
export function methodSetting(
  methods: readonly SaliencyMethod[] = keysOf(saliencyMethodNames),
): Setting<SaliencyMethod> {
  const setting = oneOf('method', methods, 'grad-cam');
  return { ...setting, parse: (text) => setting.parse(text.replaceAll(' ', '+')) };
}

/** The place that `0.5,0.25` stands for, as shares of the picture's width and height; null for any other text. */
export function placeInPicture(text: string): { x: number; y: number } | null {
  const match = /^(0(?:\.\d{1,4})?|1),(0(?:\.\d{1,4})?|1)$/.exec(text);
  return match && { x: Number(match[1]), y: Number(match[2]) };
}

/** Numbers of levels a map can be quantised to. */
export const levelCounts = [2, 4, 8, 16, 32, 64, 128, 256] as const;

/** Networks that come with the page. */
export const bundledNetworks = ['photos10', 'pictographs'] as const;

/** Rows and columns that pictures can be read at. */
export const inputSizes = { least: 16, most: 1024 } as const;

export const isInputSize = (size: number) =>
  Number.isInteger(size) && size >= inputSizes.least && size <= inputSizes.most;

/** What the setting `alike` says of a second picture of one's own, which no address names. */
export const OWN_SECOND = 'file';

/** Every setting of the Explain workspace: controls, address bar and validation all read this table. */
export const explainSettings = {
  /** Id of a bundled network, the address of a network's file, or `file:` and the name of one opened from files. */
  model: {
    parameter: 'model',
    initial: 'photos10',
    parse: (text) => text || undefined,
    format: (value) => value,
    allowed: `${bundledNetworks.join(', ')} or an address`,
  } satisfies Setting<string> as Setting<string>,
  /** How pictures are scaled for the network; `auto` as its file tells or lets guess. */
  inputScaling: oneOf('scaling', ['auto', ...keysOf(inputScalingNames)], 'auto', true),
  /** Output to explain where the network has several; empty for the first that classifies. */
  output: anyText('output'),
  /** As what that output is taken: `auto` as its activation and its shape tell. */
  reads: oneOf('reads', outputReads, 'auto', true),
  /** Rows and columns of the pictures where the network takes any; null as usual. */
  size: {
    parameter: 'size',
    initial: null,
    parse: (text) => (/^\d{2,4}$/.test(text) && isInputSize(Number(text)) ? Number(text) : undefined),
    format: String,
    allowed: `a number from ${inputSizes.least} to ${inputSizes.most}`,
    look: true,
  } satisfies Setting<number | null> as Setting<number | null>,
  /** Every operation of the network as a layer of its own. */
  operations: yesOrNo('operations', false, true),
  /** Id of an example or the picture's URL; empty for the first example or a picture of one's own. */
  image: anyText('image'),
  /** Index of the class to explain; null for the winner. */
  target: {
    parameter: 'class',
    initial: null,
    parse: (text) => (text === 'winner' ? null : /^\d{1,6}$/.test(text) ? Number(text) : undefined),
    format: (value) => (value === null ? 'winner' : String(value)),
    allowed: 'winner or the number of a class, from 0',
  } satisfies Setting<number | null> as Setting<number | null>,
  /** What that class is set against: nothing, another class, all others, those most like it, or itself. */
  against: {
    parameter: 'against',
    initial: null,
    parse: (text) =>
      againstMany.find((each) => each === text) ?? (/^\d{1,6}$/.test(text) ? Number(text) : undefined),
    format: String,
    allowed: 'rest, similar, opposite or the number of a class, from 0',
    look: true,
  } satisfies Setting<Against | null> as Setting<Against | null>,
  /** Where that class is explained: everywhere, at the places taken for it (`class`), or in the region at a column and row. */
  region: {
    parameter: 'region',
    initial: null,
    parse: (text) => (/^(class|\d{1,4},\d{1,4})$/.test(text) ? text : undefined),
    format: String,
    allowed: 'class, or column and row of a place of the map, as 12,7',
    look: true,
  } satisfies Setting<string | null> as Setting<string | null>,
  /** Number of the box that is explained, of a detector, or the surest of every picture; null for the class among all boxes. */
  box: {
    parameter: 'box',
    initial: null,
    parse: (text) => (text === 'surest' ? text : /^\d{1,7}$/.test(text) ? Number(text) : undefined),
    format: String,
    allowed: 'surest or the number of a box, from 0',
    look: true,
  } satisfies Setting<Box['box'] | null> as Setting<Box['box'] | null>,
  /** What of that box is explained: the score of its class, its place, both, or one of its edges. */
  part: oneOf('part', boxParts, 'score', true) as Setting<BoxPart>,
  /** Id or URL of a second picture, to which the likeness of the first is explained; `file` for one of one's own. */
  alike: anyText('alike'),
  method: methodSetting(),
  /** How its maps are smoothed, as far as that applies to it. */
  smooth: oneOf('smooth', keysOf(mapSmoothingNames), 'none', true) as Setting<MapSmoothing>,
  /** Whose attention the method Attention shows: a place in the picture, as shares of its width and height; empty for the class. */
  token: {
    parameter: 'token',
    initial: '',
    parse: (text) => (text === '' || placeInPicture(text) ? text : undefined),
    format: (value) => value,
    allowed: 'two numbers from 0 to 1, from the left and from the top, as 0.5,0.25',
  } satisfies Setting<string> as Setting<string>,
  /** The head whose attention that is, from 1; 0 for the mean of all. */
  head: wholeBetween('head', 0, 0, 999, true),
  pooling: yesOrNo('pooling', false),
  measure: oneOf(
    'measure',
    ENTROPY_MEASURES.map((measure) => measure.id) as EntropyMeasure[],
    'aura-matrix',
  ) as Setting<EntropyMeasure>,
  levels: oneOfNumbers('levels', levelCounts, 256),
  grid: oneOf('grid', ['input', 'native'], 'input'),
  neighbourhood: oneOfNumbers('neighbourhood', [4, 8], 4),
  torus: yesOrNo('torus', false),
  /** Least persistence of a sign, as a share of the map's maximum. */
  tau: share('tau', 0.1),
  /** Where signs are cut off, as a share of the map's maximum. */
  theta: share('theta', 0.2),
  /** Name of the selected layer; empty for the last one. */
  layer: anyText('layer'),
  /** A region of one's own: a box or an outline, as shares of the picture, or a mask (`within/region-shape.ts`); empty for none. */
  within: {
    parameter: 'within',
    initial: '',
    parse: (text) =>
      /^$|^[\d.]+,[\d.]+(?:,[\d.]+,[\d.]+|(?:;[\d.]+,[\d.]+){2,79})$|^mask,\d{1,3}x\d{1,3},[\da-z.]+$/.test(
        text,
      )
        ? text
        : undefined,
    format: (value) => value,
    allowed:
      'four numbers from 0 to 1 for a box, as 0.2,0.1,0.7,0.8, corners, as 0.2,0.1;0.7,0.1;0.4,0.8, or a mask, as the page writes it',
    look: true,
  } satisfies Setting<string> as Setting<string>,
  /** What is set beside the analysis on screen (`versus.ts`); empty for nothing. */
  versus: versusSetting,
  /** What the flow's colours stand for: `auto` for parts where one sign remains, else for final signs. */
  flow: oneOf('flow', ['auto', 'final', 'part'], 'auto', true),
  /** Which layers share a column: `auto` as few as leave room for thumbnails, `none`, `pairs` or whole `blocks`. */
  fold: oneOf('fold', ['auto', 'none', 'pairs', 'blocks'], 'auto', true),
  backend: oneOf('backend', ['auto', ...backendNames], 'auto'),
  view: oneOf('view', ['overlay', 'image', 'map', 'concepts'], 'overlay', true),
  /** Most concepts that a layer is factorised into, where concepts are shown. */
  concepts: wholeBetween('concepts', 5, 2, 8, true),
  colours: oneOf('colours', keysOf(colourMaps), 'inferno', true),
  opacity: {
    parameter: 'opacity',
    initial: 0.65,
    parse: (text) => (/^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? Number(text) : undefined),
    format: String,
    allowed: 'a number from 0 to 1',
    look: true,
  } satisfies Setting<number> as Setting<number>,
  scaling: oneOf('scale', ['layer', 'global'], 'layer', true),
  smoothing: oneOf('smoothing', ['bilinear', 'nearest'], 'bilinear', true),
  /** Lines around the signs on the large picture. */
  outlines: yesOrNo('outlines', true, true),
  /** The step of the tour that is shown, from 1; 0 for none. */
  tour: wholeBetween('tour', 0, 0, 7, true),
  /** The step of the story that is told, from 1; 0 for none, the last where there are fewer. */
  story: wholeBetween('story', 0, 0, 20, true),
};

export type ExplainSettings = SettingsOf<typeof explainSettings>;

export type SettingKey = keyof ExplainSettings;

export const initialSettings: ExplainSettings = initialOf(explainSettings);

/** What is explained where nobody has chosen: the winner by itself. */
export const theWinner = {
  target: null,
  against: null,
  region: null,
  alike: '',
  box: null,
  part: 'score',
} as const satisfies Partial<ExplainSettings>;

/** What belongs to one network and means nothing to another, as it is before anything is chosen. */
export const asItsFileSays = {
  ...theWinner,
  layer: '',
  inputScaling: 'auto',
  output: '',
  reads: 'auto',
  size: null,
  token: '',
  head: 0,
  versus: '',
} as const satisfies Partial<ExplainSettings>;

/** The two ways to measure that have a name of their own. */
export const presets = {
  paper: { title: 'Paper', levels: 256, grid: 'input' },
  native: { title: 'Native', levels: 16, grid: 'native' },
} as const satisfies Record<string, { title: string } & Pick<ExplainSettings, 'levels' | 'grid'>>;
