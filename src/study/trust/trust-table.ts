import { type TrustMeasure, trustMeasure } from '../../faithfulness/trust/trust-measures';
import { type SaliencyMethod, saliencyMethodNames } from '../../saliency/method-names';
import { type Band, holm } from '../statistics';
import type { AskStatistics } from '../statistics/statistics-methods';
import { trustColumn } from '../study-columns';
import type { Study } from '../study-data';
import { minus, seriesOf } from '../summary/number-columns';

/** One method by one measure. */
export interface TrustCell {
  readonly method: SaliencyMethod;
  /** The layer it was taken at; null where the measure says nothing of any. */
  readonly layer: number | null;
  readonly band: Band | null;
  /** From 1 for the best method by this measure; null where the measure judges none or there is no value. */
  readonly rank: number | null;
  /**
   * That the best method is no better, on the same pictures by sign flips, corrected for all comparisons of the table (Holm); null
   * for the best one itself.
   */
  readonly p: number | null;
}

export interface TrustTableRow {
  readonly measure: TrustMeasure;
  readonly name: string;
  readonly better: 'high' | 'low' | null;
  readonly cells: readonly TrustCell[];
}

/** Where the maps are taken: a layer by its index, or for every method and measure the layer that does best. */
export type TrustLayer = number | 'best';

/**
 * Methods by measures: means with bootstrap bands, ranks, and every method against the best one on the same pictures. Of the best
 * layer the mean is flattered: it is chosen on the pictures that it is shown for.
 */
export async function trustTable(study: Study, at: TrustLayer, ask: AskStatistics): Promise<TrustTableRow[]> {
  const { trust, seed } = study.settings;
  if (!trust) return [];
  const rows = (await chosenSeries(study, at, ask)).map((row) => ({
    ...row,
    ranks: ranksOf(
      row.chosen.map((one) => one?.band ?? null),
      row.better,
    ),
  }));
  const contests = rows.flatMap(({ chosen, ranks }, row) => {
    const best = ranks.indexOf(Math.min(...ranks.filter((rank) => rank !== null)));
    const own = chosen[best];
    if (best < 0 || !own) return [];
    return chosen.flatMap((other, method) =>
      method === best || !other ? [] : [{ row, method, series: minus(own.series, other.series) }],
    );
  });
  const p = holm(
    contests.length === 0 ? [] : await ask('paired', { series: contests.map(({ series }) => series), seed }),
  );
  return rows.map(({ measure, name, better, chosen, ranks }, row) => ({
    ...{ measure, name, better },
    cells: trust.methods.map((method, i): TrustCell => {
      const contest = contests.findIndex((one) => one.row === row && one.method === i);
      return {
        method,
        layer: chosen[i]?.layer ?? null,
        band: chosen[i]?.band ?? null,
        rank: ranks[i],
        p: contest < 0 ? null : p[contest],
      };
    }),
  }));
}

/** One measure by all methods of a study, each at the layer that was chosen for it. */
export interface ChosenRow {
  readonly measure: TrustMeasure;
  readonly name: string;
  readonly better: 'high' | 'low' | null;
  /** By method; null where the measure says nothing of any picture. */
  readonly chosen: readonly ({
    readonly layer: number;
    readonly band: Band;
    /** Element i is that of picture i; NaN where it has none. */
    readonly series: Float64Array;
  } | null)[];
}

/** What every measure says of every method, picture by picture, at a layer or at the one that is best for the method by this measure. */
export async function chosenSeries(study: Study, at: TrustLayer, ask: AskStatistics): Promise<ChosenRow[]> {
  const { trust, seed } = study.settings;
  if (!trust) return [];
  return Promise.all(
    trust.measures.map(async (measure) => {
      const { name, better } = trustMeasure(measure);
      const all = trust.methods.map((method) => seriesOf(study, trustColumn(method, measure), 'predicted'));
      const bands = await ask('bands', { series: all.flat(), seed });
      const layers = study.layers.length;
      const chosen = trust.methods.map((_, i) => {
        const own = bands.slice(i * layers, (i + 1) * layers);
        const layer = at === 'best' ? bestLayer(own, better) : at;
        return layer !== null && own[layer].count > 0
          ? { layer, band: own[layer], series: all[i][layer] }
          : null;
      });
      return { measure, name, better, chosen };
    }),
  );
}

/** The layer with the best mean; the last one where the measure calls neither way better. */
function bestLayer(bands: readonly Band[], better: 'high' | 'low' | null): number | null {
  const known = bands.flatMap(({ mean, count }, layer) => (count > 0 ? [{ mean, layer }] : []));
  if (known.length === 0) return null;
  if (better === null) return known[known.length - 1].layer;
  const sign = better === 'high' ? 1 : -1;
  return known.reduce((best, one) => (sign * one.mean > sign * best.mean ? one : best)).layer;
}

/** Ranks by mean, from 1; equal means share the better rank. */
function ranksOf(bands: readonly (Band | null)[], better: 'high' | 'low' | null): (number | null)[] {
  if (better === null) return bands.map(() => null);
  const worth = bands.map((band) => (band ? (better === 'high' ? band.mean : -band.mean) : null));
  return worth.map((own) =>
    own === null ? null : 1 + worth.filter((other) => other !== null && other > own).length,
  );
}

export const methodName = (method: SaliencyMethod): string => saliencyMethodNames[method];
