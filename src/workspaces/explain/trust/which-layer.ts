import type { TrustFamily } from '../../../faithfulness/trust/trust-measures';

/** What one measure says of every layer. */
export interface JudgedMeasure {
  readonly name: string;
  readonly family: TrustFamily;
  readonly better: 'high' | 'low';
  /** By layer; null where it says nothing. */
  readonly values: readonly (number | null)[];
}

/** The layer whose map holds best, and what speaks for it. */
export interface LayerChoice {
  readonly layer: number;
  /** Mean over families of the mean rank within each, from 1; null for layers without evidence. */
  readonly ranks: readonly (number | null)[];
  /** Layers that were compared. */
  readonly of: number;
  /** The chosen layer's place by each measure, from 1; equal layers share the mean of their places. */
  readonly places: readonly { readonly name: string; readonly place: number }[];
  /** The next best one. */
  readonly next: number | null;
}

/**
 * Which layer's map holds best: layers are ranked by every measure, ranks averaged within a family of measures and then over
 * families, so that five measures of faithfulness do not outvote one of robustness. A layer that is better by every measure
 * is never ranked behind. Of equal layers the later one is taken: its map says more of the decision. Null where no measure
 * tells two layers apart.
 * @param candidates by layer, whether it holds evidence at all
 */
export function whichLayer(
  measures: readonly JudgedMeasure[],
  candidates: readonly boolean[],
): LayerChoice | null {
  const layers = candidates.flatMap((holds, layer) => (holds ? [layer] : []));
  const telling = measures.filter(({ values }) => {
    const known = layers.flatMap((layer) => values[layer] ?? []);
    return new Set(known).size > 1;
  });
  if (telling.length === 0) return null;
  const places = telling.map((measure) => placesBy(measure, layers));
  const families = [...new Set(telling.map(({ family }) => family))];
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const rankOf = (at: number) =>
    mean(
      families.map((family) =>
        mean(places.flatMap((ofLayers, i) => (telling[i].family === family ? [ofLayers[at]] : []))),
      ),
    );
  const ranked = layers.map((layer, at) => ({ layer, at, rank: rankOf(at) }));
  ranked.sort((a, b) => a.rank - b.rank || b.layer - a.layer);
  const [best, next] = ranked;
  return {
    layer: best.layer,
    ranks: candidates.map((_, layer) => ranked.find((one) => one.layer === layer)?.rank ?? null),
    of: layers.length,
    places: telling.map(({ name }, i) => ({ name, place: places[i][best.at] })),
    next: next?.layer ?? null,
  };
}

/** Place of every layer, from 1; layers that the measure says nothing of come last together. */
function placesBy({ better, values }: JudgedMeasure, layers: readonly number[]): number[] {
  const worth = layers.map((layer) => {
    const value = values[layer];
    if (value === null || value === undefined) return Number.NEGATIVE_INFINITY;
    return better === 'high' ? value : -value;
  });
  return worth.map((own) => {
    const above = worth.filter((other) => other > own).length;
    const equal = worth.filter((other) => other === own).length;
    return above + (equal + 1) / 2;
  });
}
