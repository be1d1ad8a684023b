import type { Curve, CurvePair } from '../../../faithfulness/questions';
import type {
  CardSign,
  DecisionCardData,
  DecisionCurve,
  DecisionCurvesData,
  RandomisedWeightsData,
} from '../../../figures';
import { rootRanks } from '../../../figures';
import { valueInWords } from '../../../network/prediction';
import { signOutlines } from '../../../semiotics';
import type { DecisionState } from '../../../state/decision-store';
import type { ExplainState, OpenPicture, Shown } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { createPictureUrls } from '../picture/small-picture';
import { explainedThing } from '../target/target-words';
import { entropyChartData, explainedInWords, measuredInWords } from '../view-model';
import { curveShuffles, randomDraws } from './decision-controller';
import { barEnd, type Carried, type CarryingSign, carriedInWords, weightInWords } from './decision-words';

/** Signs the card and the list draw one by one; further ones are counted. */
const mostShown = 5;
const shownClasses = 5;

export type Decided = Pick<ExplainState, 'analysis' | 'signs' | 'weights'>;

/** What the explained class rests on: the signs of the last layer; null before they are found. */
export function carriedBy({ analysis, signs, weights }: Decided): Carried | null {
  if (!analysis || !signs) return null;
  const last = analysis.layers.length - 1;
  const [winner] = analysis.predictions;
  const explained = explainedThing(analysis);
  if (!explained || !signs.layers[last]) return null;
  const found = signs.layers[last].signs;
  const ranks = rootRanks(found);
  const carrying = found.map(({ id, mass, share }): CarryingSign => {
    const { form, order } = signs.linked.layers[last][id];
    const masked = weights?.[last]?.signs[id] ?? null;
    return {
      id,
      form,
      order,
      mass,
      share,
      weight: masked?.weight ?? null,
      weightAtInput: masked?.atInput ?? null,
    };
  });
  return {
    label: explained.label,
    probability: explained.probability,
    logit: explained.logit,
    preferred:
      winner.index === analysis.target.index || winner.probability === null || explained.probability === null
        ? null
        : { label: winner.label, probability: winner.probability },
    layer: analysis.layers[last].name,
    signs: carrying.sort((a, b) => ranks[a.id] - ranks[b.id]),
    together: weights?.[last]?.together?.weight ?? null,
  };
}

/** How far a layer's signs carry the class, for the table of all layers. */
export interface LayerWeightRow {
  name: string;
  signs: number;
  /** The weightiest sign's, and that of all signs at once; null where that is not known. */
  weightiest: number | null;
  together: number | null;
  /** Signs that were masked together only. */
  others: number;
  weightiestAtInput: number | null;
  togetherAtInput: number | null;
}

/** One row a layer that has signs. */
export function weightRows({ analysis, signs, weights }: Decided): LayerWeightRow[] {
  return (analysis?.layers ?? []).flatMap(({ name, index }) => {
    const count = signs?.layers[index]?.signs.length ?? 0;
    if (count === 0) return [];
    const weighed = weights?.[index] ?? null;
    const single = (weighed?.signs ?? []).flatMap((sign) => (sign ? [sign] : []));
    const atInput = single.flatMap((sign) => (sign.atInput === null ? [] : [sign.atInput]));
    return {
      name,
      signs: count,
      weightiest: single.length > 0 ? Math.max(...single.map(({ weight }) => weight)) : null,
      together: weighed?.together?.weight ?? null,
      others: weighed?.others?.count ?? 0,
      weightiestAtInput: atInput.length > 0 ? Math.max(...atInput) : null,
      togetherAtInput: weighed?.together?.atInput ?? null,
    };
  });
}

/** A curve of the probability, or of the number itself where there is none. */
const curveOf = (own: CurvePair, shuffled: CurvePair[], which: keyof CurvePair): DecisionCurve => {
  const drawn = ({ probability, logit, area }: Curve) => ({
    values: probability ?? logit,
    area: area.probability ?? area.logit,
  });
  return { ...drawn(own[which]), shuffled: shuffled.map((pair) => drawn(pair[which])) };
};

/** The deletion and insertion curves that were drawn. */
export function curvesData(
  { analysis }: Pick<Shown, 'analysis'>,
  { curves }: DecisionState,
): DecisionCurvesData | null {
  const layer = curves && analysis?.layers[curves.layer];
  if (!layer) return null;
  const { result } = curves;
  return {
    layer: layer.name,
    label: explainedThing(analysis)?.label ?? analysis.target.label,
    of: result.deletion.probability ? 'probability' : 'number',
    deletion: curveOf(result, result.shuffled, 'deletion'),
    insertion: curveOf(result, result.shuffled, 'insertion'),
  };
}

/** One row a step of the curves. */
export function curveRows({ curves }: DecisionState): Record<string, number | null>[] {
  if (!curves) return [];
  const { deletion, insertion, shuffled } = curves.result;
  const mean = (which: keyof CurvePair, i: number) => {
    const values = shuffled.flatMap((pair) => pair[which].probability?.[i] ?? []);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const of = deletion.probability ? 'logit' : 'number';
  return deletion.logit.map((_, i) => ({
    share_of_pixels: i / (deletion.logit.length - 1),
    ...(deletion.probability && { deletion_probability: deletion.probability[i] }),
    [`deletion_${of}`]: deletion.logit[i],
    ...(deletion.probability && { deletion_probability_shuffled: mean('deletion', i) }),
    ...(insertion.probability && { insertion_probability: insertion.probability[i] }),
    [`insertion_${of}`]: insertion.logit[i],
    ...(insertion.probability && { insertion_probability_shuffled: mean('insertion', i) }),
  }));
}

/** The curves of likeness, the selected layer's in full; the first one's where the selected one is not among them. */
export function randomisedData(
  { analysis, layer }: Pick<Shown, 'analysis' | 'layer'>,
  { randomised }: DecisionState,
): RandomisedWeightsData | null {
  if (!randomised) return null;
  const selected = randomised.layers.findIndex(({ name }) => name === analysis?.layers[layer]?.name);
  return { ...randomised, selected: Math.max(0, selected) };
}

/** What the layer of a step is called in a table, by order. */
const stepColumn = {
  cascading: 'randomised_down_to',
  independent: 'randomised_alone',
  'from-the-bottom': 'randomised_up_to',
} as const;

/** One row a layer and step. */
export function randomisedRows({ randomised }: DecisionState): Record<string, string | number | null>[] {
  if (!randomised) return [];
  const { order, layers, randomised: steps } = randomised;
  return layers.flatMap(({ name, similarity }) =>
    similarity.map((draws, depth) => ({
      layer: name,
      [stepColumn[order]]: steps[depth],
      randomised_layers: order === 'independent' ? 1 : depth + 1,
      ...Object.fromEntries(draws.map((draw, i) => [`rank_correlation_${i + 1}`, draw])),
    })),
  );
}

/** What the curves were drawn with. */
export const curvesCaption = ({ of }: Pick<DecisionCurvesData, 'of'>) =>
  say(
    'Dashed: the same map with its pixels shuffled, mean and range of {curveShuffles}. Pixels are replaced by those of the blurred picture. {part}.',
    {
      curveShuffles,
      part: of === 'number' ? say('The number that is explained') : say('Probability of the explained class'),
    },
  );
export const randomisedCaption = `Spearman's rank correlation of the maps, mean and range of ${randomDraws} draws; within each tensor the weights are shuffled. A map that is the same everywhere counts as 0; a hollow point: none of the draws left a map.`;

/** One sheet about the decision; null until the signs are found. */
export function decisionCardData(state: ExplainState): DecisionCardData | null {
  const { analysis, signs, picture, settings } = state;
  const carried = carriedBy(state);
  const entropy = entropyChartData(state);
  if (!carried || !analysis || !signs || !picture || !entropy) return null;
  const last = signs.layers[signs.layers.length - 1];
  const { width, height } = signs.grid;
  const outlines = signOutlines(last.labels, width, height);
  const shown = carried.signs.slice(0, mostShown);
  return {
    picture: pictureUrl(picture),
    aspect: picture.input.width / picture.input.height,
    label: carried.label,
    probabilityText: valueInWords(carried),
    lost: carried.probability === null ? 'lost' : say('logits lost'),
    sentence: carriedInWords(carried),
    predictions: analysis.predictions
      .filter(({ index }, rank) => rank < shownClasses || index === analysis.target.index)
      .map(({ index, label, probability, logit }) => ({
        label,
        probability,
        text: valueInWords({ probability, logit }),
        explained: index === analysis.target.index,
      })),
    signs: shown.map(({ id, weight, share }): CardSign => {
      const [x, y] = last.signs[id].peak;
      return {
        outline: outlines[id] ?? [],
        peak: [x, y],
        weight,
        weightText: weight === null ? '–' : weightInWords(weight, carried),
        shareText: `${Math.round(share * 100)} %`,
      };
    }),
    barEnd: barEnd(carried),
    more: carried.signs.length - shown.length,
    grid: signs.grid,
    layer: carried.layer,
    entropy,
    caption: say(
      '{explained} Signs: tau {tau}, theta {theta}. {measured}; band: the same maps with shuffled pixels. Made with Supersign.',
      {
        explained: explainedInWords(state),
        tau: settings.tau,
        theta: settings.theta,
        measured: measuredInWords(state),
      },
    ),
  };
}

/** Pictures inside figures: what 300 dpi print of them. */
const printedUrl = createPictureUrls({ side: 960, type: 'image/png' });

/** The picture as a PNG in a data URL. */
export const pictureUrl = ({ display }: OpenPicture): string => printedUrl(display);
