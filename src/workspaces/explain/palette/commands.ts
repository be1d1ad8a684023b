import { backendNames } from '../../../backend/backend-names';
import { colourMaps } from '../../../figures';
import {
  attentionMethodsFor,
  inputMethods,
  layerMethods,
  saliencyMethodNames,
} from '../../../saliency/method-names';
import { ENTROPY_MEASURES } from '../../../semiotics';
import { openCamera } from '../../../state/camera-store';
import { type ExplainState, examplesFor } from '../../../state/explain-store';
import { toggleTheme } from '../../../state/page-theme';
import { goTo, workspaces } from '../../../state/place';
import { type ExplainSettings, levelCounts, theWinner } from '../../../state/settings';
import { askWhatToCompare } from '../../../state/versus-choice';
import { say } from '../../../text/say';
import { change, chooseModel, openSource, showExplain } from '../explain-controller';
import { canFold, foldingInWords, foldingsOf } from '../layers/folded-columns';
import { selectLayer } from '../selection';

/** One thing that can be found and done. */
export interface Command {
  /** Its own, however many are called alike. */
  id: string;
  /** What it belongs to: "Layer", "Entropy measure". */
  group: string;
  title: string;
  /** Whether it is so already. */
  chosen: boolean;
  run(): void;
}

type Known = Pick<
  ExplainState,
  'settings' | 'analysis' | 'manifest' | 'models' | 'examples' | 'picture' | 'layer'
>;

/** Everything that can be chosen in Explain, as it is now. */
export function commandsFor(state: Known): Command[] {
  const { settings, analysis, manifest, models, examples, picture, layer } = state;
  const set = <Key extends keyof ExplainSettings>(
    group: string,
    key: Key,
    values: readonly (readonly [ExplainSettings[Key], string])[],
  ): Command[] =>
    values.map(([value, title]) => ({
      ...{ id: `${key} ${value}`, group: say(group), title: say(title), chosen: settings[key] === value },
      run: () => change({ [key]: value } as Pick<ExplainSettings, Key>),
    }));
  const methods = [...layerMethods, ...inputMethods, ...attentionMethodsFor(manifest?.attention)];
  return [
    ...(analysis?.layers ?? []).map(({ name }, i) => ({
      ...{ id: `layer ${i}`, group: say('Layer'), title: name, chosen: i === layer },
      run: () => selectLayer(i),
    })),
    ...(manifest && manifest.labels.length > 1 ? manifest.labels : []).map((title, index) => ({
      ...{
        id: `class ${index}`,
        group: say('Explain'),
        title,
        chosen: settings.target === index,
      },
      run: () => change({ ...theWinner, target: index }),
    })),
    {
      ...{ id: 'winner', group: say('Explain'), title: say('the winner'), chosen: settings.target === null },
      run: () => change(theWinner),
    },
    ...examplesFor(examples, settings.model).map(({ id, title }) => ({
      ...{ id: `example ${id}`, group: say('Example'), title, chosen: picture?.source === id },
      run: () => void openSource(id),
    })),
    ...models.map(({ id, title }) => ({
      ...{ id: `network ${id}`, group: say('Network'), title: say(title), chosen: settings.model === id },
      run: () => chooseModel(id),
    })),
    ...(canFold(analysis?.layers ?? [])
      ? set('Columns', 'fold', [
          ['auto', 'as room allows'],
          ...foldingsOf(analysis?.layers ?? []).map((folding) => [folding, foldingInWords[folding]] as const),
        ])
      : []),
    ...set(
      say('Saliency method'),
      'method',
      methods.map((id) => [id, saliencyMethodNames[id]] as const),
    ),
    ...set(
      say('Entropy measure'),
      'measure',
      ENTROPY_MEASURES.map(({ id, name }) => [id, say(name)] as const),
    ),
    ...set(
      'Levels',
      'levels',
      levelCounts.map((count) => [count, String(count)] as const),
    ),
    ...set('Grid', 'grid', [
      ['input', 'input'],
      ['native', 'native'],
    ]),
    ...set('Neighbourhood', 'neighbourhood', [
      [4, 'N4'],
      [8, 'N8'],
    ]),
    ...set('Border', 'torus', [
      [false, say('cut off')],
      [true, 'torus'],
    ]),
    ...set(say('Pooling layers'), 'pooling', [
      [true, 'shown'],
      [false, say('left out')],
    ]),
    ...set(say('Every operation'), 'operations', [
      [true, 'shown'],
      [false, say('left out')],
    ]),
    ...set('View', 'view', [
      ['overlay', 'overlay'],
      ['image', 'picture'],
      ['map', 'map'],
    ]),
    ...set(
      'Colours',
      'colours',
      (Object.keys(colourMaps) as (keyof typeof colourMaps)[]).map(
        (id) => [id, say(colourMaps[id])] as const,
      ),
    ),
    ...set('Scale', 'scaling', [
      ['layer', say('each layer')],
      ['global', say('all layers')],
    ]),
    ...set('Smoothing', 'smoothing', [
      ['bilinear', 'bilinear'],
      ['nearest', 'nearest'],
    ]),
    ...set('Outlines', 'outlines', [
      [true, 'shown'],
      [false, say('left out')],
    ]),
    ...set(
      'Backend',
      'backend',
      (['auto', ...backendNames] as const).map((name) => [name, name] as const),
    ),
    ...workspaces.slice(1).map((workspace) => ({
      ...{ id: workspace, group: say('Go to'), title: workspace, chosen: false },
      run: () => goTo(workspace),
    })),
    {
      id: 'about',
      group: say('Go to'),
      title: say('About the method'),
      chosen: false,
      run: () => location.assign('#about'),
    },
    {
      ...{
        id: 'compare',
        group: say('Do'),
        title: say('Compare with a class, method, network or picture'),
        chosen: false,
      },
      run: () => {
        showExplain();
        askWhatToCompare(true);
      },
    },
    {
      id: 'story',
      group: say('Do'),
      title: say('Tell it as a story'),
      chosen: false,
      run: () => change({ story: 1 }),
    },
    {
      id: 'tour',
      group: say('Do'),
      title: say('Take the tour'),
      chosen: false,
      run: () => change({ tour: 1 }),
    },
    {
      ...{ id: 'camera', group: say('Do'), title: say('Use the camera'), chosen: false },
      run: () => {
        showExplain();
        openCamera();
      },
    },
    { id: 'theme', group: say('Do'), title: say('Light or dark colours'), chosen: false, run: toggleTheme },
  ];
}

/** Those in whose words all words asked for begin, those whose title begins so first; the order is kept otherwise. */
export function find(commands: readonly Command[], asked: string): Command[] {
  const words = wordsIn(asked);
  const [first] = words;
  if (first === undefined) return [...commands];
  const rank = ({ group, title }: Command) => {
    const own = wordsIn(title);
    const all = [...wordsIn(group), ...own];
    if (!words.every((word) => all.some((one) => one.startsWith(word)))) return null;
    if (title.toLowerCase().startsWith(first)) return 0;
    return own.some((one) => one.startsWith(first)) ? 1 : 2;
  };
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((one): one is { command: Command; rank: 0 | 1 | 2 } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}+]+/gu) ?? [];
