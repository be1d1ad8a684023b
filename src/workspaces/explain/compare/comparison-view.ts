import type { MethodMap, MethodMatrixData, MethodTilesData } from '../../../figures';
import { type SaliencyMethod, saliencyMethodNames } from '../../../saliency/method-names';
import type { ComparedLayer, ComparisonState } from '../../../state/comparison-store';
import type { Shown } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';
import { say } from '../../../text/say';
import { targetInWords } from '../target/target-words';
import { comparedMethods, referenceMethod } from './compared-methods';

type Compared = Pick<ComparisonState, 'of' | 'methods'>;

/** As in the workspace, but never without heat. */
const heatStyle = ({ colours, opacity, smoothing, view }: ExplainSettings) => ({
  colourMap: colours,
  opacity,
  interpolation: smoothing,
  view: view === 'map' ? ('map' as const) : ('overlay' as const),
});

function methodMap(layer: ComparedLayer | undefined): MethodMap {
  if (!layer) return { map: null, hi: 0, outcome: 'evidence', entropy: null, linear: null, rank: null };
  const { saliency, measured } = layer;
  const evidence = saliency.outcome === 'evidence';
  return {
    map: saliency.map,
    hi: saliency.maximum,
    outcome: saliency.outcome,
    entropy: evidence ? (measured?.entropy ?? null) : null,
    linear: measured?.linear ?? null,
    rank: measured?.rank ?? null,
  };
}

const pictureOf = ({ picture }: Shown) => ({
  picture: picture?.display ?? null,
  aspect: picture ? picture.input.width / picture.input.height : 1,
});

/** The selected layer by all methods. */
export function methodTilesData({ methods }: Compared, shown: Shown): MethodTilesData {
  const { settings, layer } = shown;
  return {
    ...heatStyle(settings),
    ...pictureOf(shown),
    selected: comparedMethods.indexOf(settings.method),
    tiles: comparedMethods.map((method) => ({
      ...methodMap(methods[method]?.[layer]),
      name: saliencyMethodNames[method],
      reference: method === referenceMethod,
    })),
  };
}

/** All methods by all layers. */
export function methodMatrixData({ of, methods }: Compared, shown: Shown): MethodMatrixData {
  const { settings, layer } = shown;
  const layers = of?.layers ?? [];
  return {
    ...heatStyle(settings),
    ...pictureOf(shown),
    layers: layers.map(({ name }) => name),
    selected: { row: comparedMethods.indexOf(settings.method), column: layer },
    rows: comparedMethods.map((method) => ({
      name: saliencyMethodNames[method],
      maps: layers.map((_, at) => methodMap(methods[method]?.[at])),
    })),
  };
}

/** "Saliency for golf ball (94.1 %) by photos10 in “golf ball”." */
export const comparedInWords = ({ of }: Compared, { picture }: Shown): string =>
  of
    ? say('Saliency for {targetInWords} by {id} in “{name}”.', {
        targetInWords: targetInWords({ analysis: of }),
        id: of.network.id,
        name: picture?.name,
      })
    : '';

/** What is said of one map where it is read aloud. */
export function mapInWords(method: SaliencyMethod, layer: ComparedLayer | undefined): string {
  const name = saliencyMethodNames[method];
  if (!layer) return say('{name}, not computed', { name });
  const { entropy, linear, rank, outcome } = methodMap(layer);
  if (outcome === 'none') return say('{name}, no positive evidence', { name });
  const parts = [
    name,
    ...(entropy === null ? [] : [say('entropy {entropy}', { entropy: entropy.toFixed(3) })]),
    ...(linear === null ? [] : [say('linear correlation {linear}', { linear: linear.toFixed(2) })]),
    ...(rank === null ? [] : [say('rank correlation {rank}', { rank: rank.toFixed(2) })]),
  ];
  return parts.join(say(', '));
}

/** The numbers behind both figures, one row a map; of one layer or of all. */
export function comparisonRows(
  { of, methods }: Compared,
  only: number | null,
): Record<string, string | number | null>[] {
  return comparedMethods.flatMap((method) =>
    (of?.layers ?? []).flatMap(({ name }, at) => {
      const layer = methods[method]?.[at];
      if (!layer || (only !== null && only !== at)) return [];
      const { map, maximum, outcome } = layer.saliency;
      const { entropy, linear, rank } = methodMap(layer);
      return [
        {
          method,
          layer: at + 1,
          name,
          height: map.height,
          width: map.width,
          evidence: outcome === 'none' ? 'none' : 'positive',
          maximum,
          sum: map.values.reduce((sum, value) => sum + value, 0),
          entropy,
          linear_correlation: linear,
          rank_correlation: rank,
        },
      ];
    }),
  );
}
