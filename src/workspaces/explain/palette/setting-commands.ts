import { backendNames } from '../../../backend/backend-names';
import { colourMaps } from '../../../figures';
import { scalingTitle } from '../../../models/scaling/scaling-words';
import { scalingsFor } from '../../../network/scaling/chosen-scaling';
import { inputScalingNames } from '../../../network/scaling/input-scaling';
import { conceptCounts } from '../../../saliency/concepts/layer-concepts';
import {
  attentionMethodsFor,
  hasOwnLayers,
  inputMethods,
  isInputMethod,
  layerMethods,
  saliencyMethodNames,
} from '../../../saliency/method-names';
import { mapSmoothingNames } from '../../../saliency/smoothing/map-smoothing';
import { ENTROPY_MEASURES } from '../../../semiotics';
import { type ExplainState, examplesFor } from '../../../state/explain-store';
import {
  type ExplainSettings,
  explainSettings,
  inputSizes,
  levelCounts,
  presets,
  type SettingKey,
  theWinner,
} from '../../../state/settings';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';
import { change, chooseModel, openSource } from '../explain-controller';
import { patchInWords, tokenOf } from '../layers/attention-words';
import { canFold, foldingInWords, foldingsOf } from '../layers/folded-columns';
import { selectLayer } from '../selection';
import { setAgainst } from '../target/AgainstChoice';
import { boxName } from '../target/box-name';
import { boxPartChoices, explainBox } from '../target/box-parts';
import { chosenPlaces, seenClasses } from '../target/region-view';
import { tourSteps } from '../tour/tour-steps';
import { versusCandidates } from '../versus/versus-candidates';
import type { Command } from './command';

export type Known = Pick<
  ExplainState,
  'settings' | 'analysis' | 'manifest' | 'models' | 'examples' | 'picture' | 'layer' | 'measurement' | 'signs'
>;

/** Values of one setting, each found by the setting's parameter in the address and as it is written there as well. */
function choices<Key extends SettingKey>(
  { settings }: Known,
  key: Key,
  group: string,
  values: readonly (readonly [value: ExplainSettings[Key], title: string])[],
  set: (value: ExplainSettings[Key]) => void = (value) =>
    change({ [key]: value } as Pick<ExplainSettings, Key>),
): Command[] {
  const { parameter, format } = explainSettings[key];
  return values.map(([value, title]) => {
    const written = (format as (value: unknown) => string)(value);
    return {
      ...{ id: `${key} ${value}`, group, title, chosen: settings[key] === value },
      words: value === null && written === 'null' ? parameter : `${parameter} ${written}`,
      run: () => set(value),
    };
  });
}

const hundredths = Array.from({ length: 101 }, (_, i) => [i / 100, (i / 100).toFixed(2)] as const);

/** What a yes or no of a part of the page is called. */
const shownOrNot = () =>
  [
    [true, say('shown')],
    [false, say('left out')],
  ] as const;

const classesOf = ({ manifest }: Known): string[] =>
  manifest && manifest.labels.length > 1 ? manifest.labels : [];

/** The classes that can be explained, and the winner among them. */
export function classCommands(state: Known): Command[] {
  const classes = classesOf(state).map((title, index) => [index, title] as const);
  const explain = (target: number | null) => change({ ...theWinner, target });
  return [
    ...choices(state, 'target', say('Explain'), classes, explain),
    ...choices(state, 'target', say('Explain'), [[null, say('the winner')]], explain),
  ];
}

/** The ways to measure that have a name: each sets levels and grid together. */
export const presetCommands = ({ settings }: Known): Command[] =>
  Object.entries(presets).map(([id, { title, levels, grid }]) => ({
    ...{ id: `preset ${id}`, group: say('Preset'), words: 'preset' },
    title: title === 'Paper' ? say('Paper{preset}', { preset: '' }) : say(title),
    chosen: settings.levels === levels && settings.grid === grid,
    run: () => change({ levels, grid }),
  }));

/** For each setting of the address what it can be set to now; empty where it means nothing to this network, picture or method. */
export const settingCommands: Record<SettingKey, (state: Known) => Command[]> = {
  model: (state) =>
    choices(
      state,
      'model',
      say('Network'),
      state.models.map(({ id, title }) => [id, say(title)] as const),
      chooseModel,
    ),
  inputScaling: (state) => {
    const { manifest } = state;
    const asked = manifest?.scaling?.isGuess
      ? say('As guessed: {scaling}', { scaling: scalingTitle(manifest.scaling) })
      : say('As the network asks');
    return choices(state, 'inputScaling', say('Input scaling'), [
      ['auto', asked],
      ...scalingsFor(manifest?.inputShape[2] ?? 3).map((id) => [id, say(inputScalingNames[id])] as const),
    ]);
  },
  output: (state) => {
    const { outputs = [], output: used = '' } = state.manifest ?? {};
    if (outputs.length < 2) return [];
    const settings = {
      ...state.settings,
      output: outputs.includes(state.settings.output) ? state.settings.output : used,
    };
    return choices(
      { ...state, settings },
      'output',
      say('Output'),
      outputs.map((name) => [name, name] as const),
      (output) => change({ output, reads: 'auto', ...theWinner, layer: '' }),
    );
  },
  reads: (state) => {
    const { manifest, settings } = state;
    if (!manifest?.readsEitherWay && settings.reads === 'auto') return [];
    const isUnit = manifest?.kind === 'binary' || manifest?.kind === 'number';
    return choices(
      state,
      'reads',
      say('Read as'),
      [
        ['auto', say('As the network tells')],
        ['classes', isUnit ? say('Two classes') : say('Classes')],
        ['number', isUnit ? say('A number') : say('Numbers')],
      ],
      (reads) => change({ reads, ...theWinner }),
    );
  },
  size: (state) => {
    if (!state.manifest?.takesAnySize) return [];
    const { least, most } = inputSizes;
    const settings = { ...state.settings, size: state.settings.size ?? state.manifest.inputShape[0] };
    return choices(
      { ...state, settings },
      'size',
      say('Input size'),
      Array.from({ length: most - least + 1 }, (_, i) => [least + i, String(least + i)] as const),
    );
  },
  operations: (state) =>
    choices(state, 'operations', say('Every operation'), shownOrNot(), (operations) =>
      change({ operations, layer: '' }),
    ),
  image: (state) =>
    examplesFor(state.examples, state.settings.model).map(({ id, title }) => ({
      ...{ id: `image ${id}`, group: say('Example'), title, words: `image ${id}` },
      chosen: state.picture?.source === id,
      run: () => void openSource(id),
    })),
  target: classCommands,
  against: (state) => {
    const classes = classesOf(state);
    if (classes.length === 0 || state.manifest?.kind === 'binary') return [];
    const explained = state.analysis?.target.index ?? null;
    return choices(
      state,
      'against',
      say('Set against'),
      [
        [null, say('nothing')],
        ['rest', say('all others, their mean')],
        ['similar', say('the three most like it (Finer-CAM)')],
        ['opposite', say('itself: what speaks against it')],
        ...classes.map((label, i) => [i, label] as const).filter(([i]) => i !== explained),
      ],
      (against) => (against === null ? change({ against }) : setAgainst(against)),
    );
  },
  region: (state) => {
    const { analysis, settings } = state;
    if (!analysis?.places) return [];
    const width = analysis.places.width;
    const chosen = chosenPlaces(analysis);
    const group = say('Regions');
    return seenClasses(analysis.places, analysis.network.labels).flatMap(({ index, label, regions }) => [
      {
        ...{ id: `region class ${index}`, group, title: label, words: 'region class' },
        chosen: settings.region === 'class' && settings.target === index,
        run: () => change({ ...theWinner, target: index, region: 'class' }),
      },
      ...regions.map(({ place, share: part }, i) => ({
        ...{ id: `region ${place.join()}`, group, words: 'region' },
        title: say('{label}, region {i} of {regions}, {part} of the picture', {
          ...{ label, i: i + 1, regions: regions.length, part: percent(part) },
        }),
        chosen: settings.region !== 'class' && chosen?.[place[1] * width + place[0]] === 1,
        run: () => change({ ...theWinner, region: place.join() }),
      })),
    ]);
  },
  box: (state) => {
    const { analysis } = state;
    if (!analysis?.boxes?.length) return [];
    return choices(
      state,
      'box',
      say('Boxes'),
      [
        ...analysis.boxes.map((one) => [one.box, `${boxName(one, analysis)} ${percent(one.score)}`] as const),
        ['surest' as const, say('the surest box of every picture')],
        [null, say('none')],
      ],
      explainBox,
    );
  },
  part: (state) =>
    state.analysis?.target.kind === 'box'
      ? choices(state, 'part', say('Of this box'), boxPartChoices(), (part) => change({ part }))
      : [],
  alike: (state) =>
    state.manifest?.kind === 'vector'
      ? choices(
          state,
          'alike',
          say('Likeness to'),
          [
            ['', say('nothing: one of the numbers')],
            ...state.examples.map(({ id, title }) => [id, title] as const),
          ],
          (alike) => change({ ...theWinner, alike }),
        )
      : [],
  method: (state) =>
    choices(
      state,
      'method',
      say('Saliency method'),
      [...layerMethods, ...inputMethods, ...attentionMethodsFor(state.manifest?.attention)].map(
        (id) => [id, saliencyMethodNames[id]] as const,
      ),
    ),
  smooth: (state) =>
    hasOwnLayers(state.settings.method)
      ? []
      : choices(
          state,
          'smooth',
          say('Smoothed'),
          (['none', 'aug', 'eigen', 'both'] as const).map(
            (id) => [id, id === 'none' ? say('none') : say(mapSmoothingNames[id])] as const,
          ),
        ),
  token: (state) => {
    const { manifest, settings } = state;
    const attention = settings.method === 'attention' ? manifest?.attention : null;
    if (!attention) return [];
    const [rows, columns] = attention.grid;
    return choices(state, 'token', say('Where a patch looks'), [
      ['', attention.hasClassToken ? say('Class token again') : say('All tokens again')],
      ...Array.from({ length: rows * columns }, (_, at) => {
        const patch = { column: at % columns, row: Math.floor(at / columns) };
        return [tokenOf(patch, attention.grid), patchInWords(patch, attention.grid)] as const;
      }),
    ]);
  },
  head: (state) => {
    const { manifest, settings } = state;
    const attention = settings.method === 'attention' ? manifest?.attention : null;
    if (!attention) return [];
    return choices(state, 'head', say('Head'), [
      [0, say('Mean of {heads}', { heads: attention.heads })],
      ...Array.from(
        { length: attention.heads },
        (_, i) => [i + 1, say('Head {number}', { number: i + 1 })] as const,
      ),
    ]);
  },
  pooling: (state) =>
    state.settings.operations ? [] : choices(state, 'pooling', say('Pooling layers'), shownOrNot()),
  measure: (state) =>
    choices(
      state,
      'measure',
      say('Entropy measure'),
      ENTROPY_MEASURES.map(({ id, name }) => [id, say(name)] as const),
    ),
  levels: (state) =>
    choices(
      state,
      'levels',
      say('Levels'),
      levelCounts.map((count) => [count, String(count)] as const),
    ),
  grid: (state) =>
    choices(state, 'grid', say('Grid'), [
      ['input', say('input')],
      ['native', say('native')],
    ]),
  neighbourhood: (state) =>
    choices(state, 'neighbourhood', say('Neighbourhood'), [
      [4, 'N4'],
      [8, 'N8'],
    ]),
  torus: (state) =>
    choices(state, 'torus', say('Border'), [
      [false, say('cut off')],
      [true, say('torus')],
    ]),
  tau: (state) => choices(state, 'tau', say('Persistence'), hundredths),
  theta: (state) => choices(state, 'theta', say('Cut-off'), hundredths),
  layer: ({ analysis, layer }) =>
    (analysis?.layers ?? []).map(({ name }, i) => ({
      ...{ id: `layer ${i}`, group: say('Layer'), title: name, words: 'layer', chosen: i === layer },
      run: () => selectLayer(i),
    })),
  // How it is marked is found among the controls of the page.
  within: (state) =>
    state.settings.within ? choices(state, 'within', say('Region of one’s own'), [['', say('none')]]) : [],
  versus: (state) => [
    ...(state.settings.versus ? choices(state, 'versus', say('Compare with'), [['', say('nothing')]]) : []),
    ...versusCandidates(state).map((candidate) => ({
      ...candidate,
      id: `versus ${candidate.id}`,
      group: say('Compare with'),
      words: `versus ${candidate.group}`,
    })),
  ],
  flow: (state) =>
    choices(state, 'flow', say('Colour'), [
      ['auto', say('as the signs ask')],
      ['final', say('by final sign')],
      ['part', say('by part')],
    ]),
  fold: (state) => {
    const layers = state.analysis?.layers ?? [];
    if (!canFold(layers)) return [];
    return choices(state, 'fold', say('Columns'), [
      ['auto', say('as room allows')],
      ...foldingsOf(layers).map((folding) => [folding, say(foldingInWords[folding])] as const),
    ]);
  },
  backend: (state) =>
    choices(
      state,
      'backend',
      say('Backend'),
      (['auto', ...backendNames] as const).map((name) => [name, name] as const),
    ),
  view: (state) =>
    choices(state, 'view', say('View'), [
      ['overlay', say('overlay')],
      ['image', say('picture')],
      ['map', say('map')],
      ...(isInputMethod(state.settings.method) ? [] : [['concepts', say('concepts')] as const]),
    ]),
  concepts: (state) => {
    if (state.settings.view !== 'concepts') return [];
    const { least, most } = conceptCounts;
    return choices(
      state,
      'concepts',
      say('Concepts'),
      Array.from({ length: most - least + 1 }, (_, i) => [least + i, String(least + i)] as const),
    );
  },
  colours: (state) =>
    choices(
      state,
      'colours',
      say('Colours'),
      (Object.keys(colourMaps) as (keyof typeof colourMaps)[]).map(
        (id) => [id, say(colourMaps[id])] as const,
      ),
    ),
  opacity: (state) =>
    state.settings.view === 'overlay' || state.settings.view === 'concepts'
      ? choices(
          state,
          'opacity',
          say('Opacity'),
          Array.from({ length: 21 }, (_, i) => [i / 20, (i / 20).toFixed(2)] as const),
        )
      : [],
  scaling: (state) =>
    choices(state, 'scaling', say('Scale'), [
      ['layer', say('each layer')],
      ['global', say('all layers')],
    ]),
  smoothing: (state) =>
    choices(state, 'smoothing', say('Smoothing'), [
      ['bilinear', say('bilinear')],
      ['nearest', say('nearest')],
    ]),
  outlines: (state) => choices(state, 'outlines', say('Outlines'), shownOrNot()),
  tour: (state) =>
    choices(
      state,
      'tour',
      say('Tour'),
      tourSteps.map(({ title }, i) => [i + 1, `${i + 1}. ${say(title)}`] as const),
    ),
  story: (state) =>
    state.measurement && state.signs
      ? choices(state, 'story', say('Story'), [[1, say('Tell it as a story')]])
      : [],
};
