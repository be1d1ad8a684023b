import { backendNames } from '../../backend/backend-names';
import { layerMethods, type SaliencyMethod, slowSaliencyMethods } from '../../saliency/method-names';
import { cutCosts } from '../../search/filters/shrunk-groups';
import { searchUnits } from '../../search/search-state';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import {
  anyText,
  initialOf,
  numberBetween,
  oneOf,
  oneOfNumbers,
  readSettings,
  type Setting,
  type SettingsOf,
  share,
  wholeBetween,
  writeSettings,
  yesOrNo,
} from '../../state/setting-table';
import { levelCounts } from '../../state/settings';
import { type PresetId, presets } from '../../training/architecture/presets';
import { parseArchitecture } from './architecture/architecture-text';

/** Methods that a training can be measured by: those that need no pass for every channel. */
export const profileMethods = layerMethods.filter((method) => !slowSaliencyMethods.includes(method));

const ownArchitecture: Setting<string> = {
  ...anyText('architecture'),
  parse: (text) => (parseArchitecture(text, 64, 10) ? text : undefined),
  allowed: 'an architecture such as relu-same-norm-average_c16-c16-max_r32-none',
};

/** Every setting of the Optimise workspace: controls, address and validation read this table. */
export const optimiseSettings = {
  /** The architecture in use; `own` for one that was edited, which `architecture` then spells. */
  preset: oneOf(
    'preset',
    [...presets.map(({ id }) => id), 'own'] as (PresetId | 'own')[],
    'small-vgg',
  ) as Setting<PresetId | 'own'>,
  architecture: ownArchitecture,
  /** Rows and columns of the pictures. */
  side: wholeBetween('side', 48, 16, 224),
  /** Weights to begin with: `random`, or a network in the words of the setting `model`. */
  start: { ...anyText('start'), initial: 'random' } satisfies Setting<string> as Setting<string>,
  data: oneOf('data', ['pictographs', 'images'], 'pictographs'),
  /** Of the scenes, or of the split of images. */
  dataSeed: wholeBetween('scenes', 1, 0, 999_999),
  train: wholeBetween('train', 4000, 20, 100_000),
  heldOut: wholeBetween('heldout', 1000, 10, 20_000),
  heldOutShare: numberBetween('share', 0.2, 0.05, 0.5),
  optimiser: oneOf('optimiser', ['adam', 'sgd'], 'adam'),
  learningRate: numberBetween('rate', 0.004, 0.000001, 1000),
  schedule: oneOf('schedule', ['one-cycle', 'constant'], 'one-cycle'),
  epochs: wholeBetween('epochs', 8, 1, 1000),
  batch: wholeBetween('batch', 32, 2, 512),
  weightDecay: numberBetween('decay', 0.0001, 0, 1),
  labelSmoothing: share('smoothing', 0.05),
  mirror: yesOrNo('mirror', true),
  shift: share('shift', 0),
  scale: share('zoom', 0),
  colour: share('colour', 0),
  /** Epochs without a fall of the held-out loss after which a training ends; 0 for never. */
  patience: wholeBetween('patience', 0, 0, 100),
  /** When blocks learn no more, from the front on. */
  freezing: oneOf('freeze', ['none', 'entropy', 'clock'], 'none'),
  seed: wholeBetween('seed', 1, 0, 999_999),
  method: oneOf('method', profileMethods, 'grad-cam') as Setting<SaliencyMethod>,
  measure: oneOf(
    'measure',
    ENTROPY_MEASURES.map((measure) => measure.id) as EntropyMeasure[],
    'aura-matrix',
  ) as Setting<EntropyMeasure>,
  /** Pictures as small as these have too few neighbours for more. */
  levels: oneOfNumbers('levels', levelCounts, 16),
  grid: oneOf('grid', ['input', 'native'], 'input'),
  /** Held-out pictures whose maps are measured after every epoch; 0 for none. */
  profiled: wholeBetween('profiled', 24, 0, 500),
  direction: oneOf('direction', ['prune', 'grow'], 'prune'),
  /** What a search takes out in a step. */
  unit: oneOf('unit', searchUnits, 'blocks'),
  /** Per cent of the cost that a step over filters takes, and of a layer's filters at most. */
  cut: numberBetween('cut', 25, 1, 90),
  most: numberBetween('most', 50, 1, 100),
  /** What that cost is; `both`: the mean of the two shares. */
  cost: oneOf('cost', cutCosts, 'both'),
  /** Percentage points of accuracy that a smaller network may cost. */
  tolerance: numberBetween('tolerance', 1, 0, 50),
  budgetKind: oneOf('budget', ['trainings', 'minutes'], 'trainings'),
  trainings: wholeBetween('trainings', 6, 1, 200),
  minutes: wholeBetween('minutes', 30, 1, 1440),
  /** 0: the network with the weights that it starts from is the reference, as it is. */
  referenceEpochs: wholeBetween('first', 8, 0, 500),
  searchEpochs: wholeBetween('each', 2, 1, 500),
  finalEpochs: wholeBetween('last', 0, 0, 500),
  /** Share of the learning rate for networks that begin warm. */
  warmRate: numberBetween('warmrate', 0.5, 0.001, 1),
  /** Share of the reference's answers in the loss, and the temperature of these. */
  distil: share('distil', 0),
  temperature: numberBetween('temperature', 4, 0.1, 100),
  warmStart: yesOrNo('warm', true),
  beyondNull: yesOrNo('null', true),
  controlRandom: yesOrNo('random', true),
  controlL1: yesOrNo('l1', true),
  controlParameters: yesOrNo('largest', true),
  controlTaylor: yesOrNo('taylor', false),
  controlScale: yesOrNo('normscale', false),
  controlUniform: yesOrNo('uniform', false),
  seeds: wholeBetween('seeds', 1, 1, 10),
  backend: oneOf('backend', ['auto', ...backendNames], 'auto'),
};

export type OptimiseSettings = SettingsOf<typeof optimiseSettings>;
export type OptimiseSettingKey = keyof OptimiseSettings;

export const initialOptimise: OptimiseSettings = initialOf(optimiseSettings);

/** `#optimise?preset=small-vgg&...` */
export const formatOptimise = (settings: OptimiseSettings): string =>
  `#optimise?${new URLSearchParams(writeSettings(optimiseSettings, settings))}`;

/** Reads an address from `#` on; what is missing takes its initial value, and what is wrong is told. */
export function parseOptimise(hash: string): { settings: OptimiseSettings; problems: string[] } {
  const [, query = ''] = hash.split(/\?(.*)/s);
  const read = readSettings(optimiseSettings, Object.fromEntries(new URLSearchParams(query)));
  const { preset, architecture } = read.settings;
  if (preset === 'own' && architecture === '') {
    read.problems.push('"preset=own" needs the setting "architecture"; the first preset is used.');
    read.settings.preset = initialOptimise.preset;
  }
  return read;
}
