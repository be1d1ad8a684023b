import {
  attentionMethodsFor,
  inputMethods,
  layerMethods,
  saliencyMethodNames,
} from '../../../saliency/method-names';
import { type ExplainState, examplesFor } from '../../../state/explain-store';
import { type Versus, versusInText } from '../../../state/versus';
import { say } from '../../../text/say';
import type { Command } from '../palette/command';
import { compareWith } from './compare-with';

type Known = Pick<ExplainState, 'settings' | 'analysis' | 'manifest' | 'models' | 'examples' | 'picture'>;

/** Everything that can be set beside what is on screen: classes by falling probability, methods, networks, examples. */
export function versusCandidates(state: Known): Command[] {
  const { settings, analysis, manifest, models, examples, picture } = state;
  const of = (group: string, title: string, versus: Versus): Command => {
    const id = versusInText(versus);
    return { id, group: say(group), title, chosen: settings.versus === id, run: () => compareWith(versus) };
  };
  const likeliest = new Map(analysis?.predictions.map(({ index }, rank) => [index, rank]));
  const rank = (index: number) => likeliest.get(index) ?? likeliest.size;
  const labels = manifest && manifest.labels.length > 1 ? manifest.labels : [];
  const classes = labels
    .map((label, index) => ({ label, index }))
    .sort((a, b) => rank(a.index) - rank(b.index));
  const isAlone = analysis?.target.kind === undefined || analysis.target.kind === 'class';
  return [
    ...classes
      .filter(({ index }) => !isAlone || index !== analysis?.target.index)
      .map(({ label, index }) => of('Class', label, { kind: 'class', index })),
    ...[...layerMethods, ...inputMethods, ...attentionMethodsFor(manifest?.attention)]
      .filter((method) => method !== analysis?.method)
      .map((method) => of('Saliency method', saliencyMethodNames[method], { kind: 'method', method })),
    ...models
      .filter(({ id }) => id !== settings.model)
      .map(({ id, title }) => of('Network', title, { kind: 'model', model: id })),
    ...examplesFor(examples, settings.model)
      .filter(({ id }) => id !== picture?.source)
      .map(({ id, title }) => of('Picture', title, { kind: 'image', image: id })),
  ];
}
