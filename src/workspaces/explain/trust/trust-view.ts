import { TRUST_MEASURES } from '../../../faithfulness/trust/trust-measures';
import type { TrustByLayerData, TrustRow } from '../../../figures/faithfulness/trust-by-layer';
import type { ExplainState } from '../../../state/explain-store';
import type { TrustState } from '../../../state/trust-store';
import { say } from '../../../text/say';
import { measuredAt, measureLabel } from '../view-model';
import { layerInWords } from './trust-in-words';
import { type JudgedMeasure, type LayerChoice, whichLayer } from './which-layer';

type Shown = Pick<ExplainState, 'analysis' | 'measurement' | 'settings' | 'layer'>;
type Values = Pick<TrustState, 'values'>;

/** What was measured of the maps on screen, measure by measure. */
function measuredRows({ values }: Values) {
  const [first] = values ?? [];
  if (!values || !first) return [];
  return TRUST_MEASURES.filter(({ id }) => id in first)
    .map((measure) => ({ ...measure, values: values.map((ofLayer) => ofLayer[measure.id] ?? null) }))
    .filter(({ values: known }) => known.some((value) => value !== null));
}

/** Complexity tells maps apart and judges none: a map can be simple and wrong. */
const judged = (trust: Values): JudgedMeasure[] =>
  measuredRows(trust).flatMap(({ name, family, better, values }) =>
    better === null || family === 'complexity' ? [] : [{ name, family, better, values }],
  );

/** The layer whose map holds best by what has been measured. */
export const chosenLayer = ({ analysis }: Pick<Shown, 'analysis'>, trust: Values): LayerChoice | null =>
  whichLayer(
    judged(trust),
    (analysis?.layers ?? []).map(({ outcome }) => outcome === 'evidence'),
  );

/** Which layer, in words; null before anything is measured. */
export function whichLayerInWords({ analysis }: Pick<Shown, 'analysis'>, trust: Values): string | null {
  if (!analysis || !trust.values) return null;
  const names = analysis.layers.map(({ name }) => name);
  const faithful = judged(trust).some(({ family }) => family === 'faithfulness');
  return layerInWords(chosenLayer({ analysis }, trust), names, faithful);
}

/** Every measure by layer, under entropy and structure; null before anything is measured. */
export function trustByLayerData(state: Shown, trust: Values): TrustByLayerData | null {
  const { analysis, settings, layer } = state;
  if (!analysis || !trust.values) return null;
  const at = analysis.layers.map((_, index) => measuredAt(state, index));
  const { name } = measureLabel(settings);
  const rows: TrustRow[] = [
    { name, better: null, values: at.map((measured) => measured?.value ?? null) },
    { name: say('Structure'), better: null, values: at.map((measured) => measured?.structure ?? null) },
    ...measuredRows(trust).map(({ name: title, better, family, values }) => ({
      ...{ name: say(title), values },
      better: family === 'complexity' ? null : better,
    })),
  ];
  return {
    layers: analysis.layers.map((each) => each.name),
    selected: layer,
    best: chosenLayer(state, trust)?.layer ?? null,
    rows: rows.filter(({ values }) => values.some((value) => value !== null)),
  };
}

/** The numbers of the figure, one row a layer. */
export function trustRows(state: Shown, trust: Values): Record<string, string | number | null>[] {
  const { analysis } = state;
  return (analysis?.layers ?? []).map(({ name }, index) => ({
    layer: name,
    entropy: measuredAt(state, index)?.value ?? null,
    structure: measuredAt(state, index)?.structure ?? null,
    ...Object.fromEntries(
      measuredRows(trust).map(({ id, values }) => [id.replaceAll('-', '_'), values[index]]),
    ),
  }));
}
