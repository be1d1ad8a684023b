import type { SignMeasurement } from '../../../engine/measure/measure-methods';
import { type FlowData, type FlowParts, rootRanks } from '../../../figures';
import { finalSign, lastParts, partOfSigns, type SignRef } from '../../../semiotics';
import type { ExplainState } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';

export type ShownSigns = Pick<ExplainState, 'analysis' | 'signs' | 'nullSigns'> & {
  /** Null while the animation stands between two. */
  layer: number | null;
};

/** How signs are aggregated through all layers. */
export function flowData(
  { analysis, layer, signs, nullSigns }: ShownSigns,
  flow: ExplainSettings['flow'],
  picture?: string,
): FlowData | null {
  if (!analysis) return null;
  const parts = signs && flowParts(signs, flow, picture);
  return {
    selected: layer,
    linked: signs?.linked ?? null,
    ...(parts && { parts }),
    layers: analysis.layers.map(({ name, map, outcome }, i) => ({
      name,
      width: map.width,
      height: map.height,
      outcome,
      signs: signs?.layers[i].signs ?? [],
      null: nullSigns?.[i] ?? null,
    })),
  };
}

/**
 * The parts of the greatest sign of the last layer that were taken in last; null where colours stand for final signs, or there are no
 * two parts.
 */
function flowParts(
  { layers, linked, grid }: SignMeasurement,
  flow: ExplainSettings['flow'],
  picture?: string,
): FlowParts | null {
  const last = layers.length - 1;
  const roots = layers[last]?.signs ?? [];
  if (flow === 'final' || roots.length === 0 || (flow === 'auto' && roots.length > 1)) return null;
  const whole = { layer: last, sign: rootRanks(roots).indexOf(0) };
  const list = lastParts(linked, whole, ({ layer, sign }) => layers[layer].signs[sign].share);
  if (list.length === 0) return null;
  return {
    list,
    of: partOfSigns(linked, list),
    ...(picture && {
      picture: { href: picture, grid, box: ({ layer, sign }) => layers[layer].signs[sign].box },
    }),
  };
}

/** "sign 3 of conv3_2": the page numbers the signs of a layer by their mass, greatest first. */
export function signName({ analysis, signs }: Pick<ShownSigns, 'analysis' | 'signs'>, ref: SignRef): string {
  const number = rootRanks(signs?.layers[ref.layer].signs ?? [])[ref.sign] + 1;
  return say('sign {number} of {name}', { number, name: analysis?.layers[ref.layer].name });
}

/** "sign 3 of conv3_2, 12.0 % of the mass, supersign of 4, aggregated into sign 1 of conv3_3" */
export function signInWords(state: Pick<ShownSigns, 'analysis' | 'signs'>, ref: SignRef): string {
  const { signs } = state;
  if (!signs) return '';
  const { form, order, fate, into } = signs.linked.layers[ref.layer][ref.sign];
  const { share } = signs.layers[ref.layer].signs[ref.sign];
  const origin =
    form === 'supersign'
      ? say('supersign of {order}', { order })
      : form === 'carried'
        ? say('carried from one sign')
        : say('emerges here');
  const end =
    fate === 'root'
      ? say('final: the decision rests on it')
      : into
        ? say('aggregated into {sign}{part}', {
            sign: signName(state, into.to),
            part: into.skipping ? say(', past layers that do not hold it') : '',
          })
        : 'dissolves';
  return say('{sign}, {share} of the mass, {origin}, {end}', {
    sign: signName(state, ref),
    share: percent(share),
    origin,
    end,
  });
}

/** One row a sign: what is measured of it, and its place in the whole. */
export function flowRows({
  analysis,
  signs,
  weights,
}: ShownSigns & Pick<ExplainState, 'weights'>): Record<string, string | number | null>[] {
  if (!analysis || !signs) return [];
  const { linked } = signs;
  const numbers = signs.layers.map((layer) => rootRanks(layer.signs));
  return linked.layers.flat().map((sign) => {
    const { layer, form, order, fate, into } = sign;
    const { id, area, mass, share, peak, centroid, box, persistence } = signs.layers[layer].signs[sign.sign];
    const final = finalSign(linked, sign);
    const name = (ref: SignRef) => `${analysis.layers[ref.layer].name}:${ref.sign}`;
    return {
      layer: analysis.layers[layer].name,
      layer_number: layer + 1,
      id,
      number: numbers[layer][id] + 1,
      area,
      mass,
      share,
      peak_x: peak[0],
      peak_y: peak[1],
      peak_value: peak[2],
      centroid_x: centroid[0],
      centroid_y: centroid[1],
      box_x0: box[0],
      box_y0: box[1],
      box_x1: box[2],
      box_y1: box[3],
      persistence,
      form,
      order,
      fate,
      into: into ? name(into.to) : null,
      link_share: into?.share ?? null,
      skipping: into ? (into.skipping ? 'yes' : 'no') : null,
      final_sign: final.fate === 'root' ? name(final) : null,
      weight: weights?.[layer]?.signs[id]?.weight ?? null,
    };
  });
}
