import type { TrustMeasure } from '../../faithfulness/trust/trust-measures';
import { SIGNIFICANT } from '../../figures/study/study-figures';
import type { SaliencyMethod } from '../../saliency/method-names';
import type { Band } from '../statistics';
import type { EffectBand } from '../statistics/bootstrap-effects';
import type { AskStatistics } from '../statistics/statistics-methods';
import type { Study } from '../study-data';
import { minus } from '../summary/number-columns';
import { chosenSeries, type TrustLayer } from './trust-table';

/** Two methods by one measure, on the same pictures. */
export interface MethodPair {
  readonly measure: TrustMeasure;
  readonly better: 'high' | 'low' | null;
  readonly first: SaliencyMethod;
  readonly second: SaliencyMethod;
  /** First less second, over the pictures that have both, with its bootstrap band. */
  readonly difference: Band;
  /** Cohen's d of the paired differences; null where fewer than three pictures have both, or all differ alike. */
  readonly effect: EffectBand | null;
  /**
   * That there is no difference, by sign flips of whole pictures, all pairs by all measures being one family (`pairedFamilyTests`).
   * Holm's correction could find nothing among so many: eleven methods by twenty measures are 1,100 pairs, and no single p is below 1/16,384.
   */
  readonly p: number;
}

/** What one measure says of each method by itself. */
export interface MeasuredMethods {
  readonly measure: TrustMeasure;
  readonly name: string;
  readonly better: 'high' | 'low' | null;
  /** Null where the measure says nothing of any picture. */
  readonly methods: readonly { method: SaliencyMethod; layer: number | null; band: Band | null }[];
}

export interface MethodPairs {
  readonly measured: readonly MeasuredMethods[];
  readonly pairs: readonly MethodPair[];
}

/** Every method against every other by every measure, paired on the same pictures, at a layer or each at its best one. */
export async function methodPairs(study: Study, at: TrustLayer, ask: AskStatistics): Promise<MethodPairs> {
  const { trust, seed } = study.settings;
  if (!trust) return { measured: [], pairs: [] };
  const rows = await chosenSeries(study, at, ask);
  const measured = rows.map(({ chosen, ...row }) => ({
    ...row,
    methods: trust.methods.map((method, i) => ({
      method,
      layer: chosen[i]?.layer ?? null,
      band: chosen[i]?.band ?? null,
    })),
  }));
  const pairs = rows.flatMap(({ measure, better, chosen }) =>
    trust.methods.flatMap((first, i) =>
      trust.methods.slice(i + 1).flatMap((second, k) => {
        const [own, other] = [chosen[i], chosen[i + 1 + k]];
        if (!own || !other) return [];
        const series = minus(own.series, other.series);
        return series.some(Number.isFinite) ? [{ measure, better, first, second, series }] : [];
      }),
    ),
  );
  if (pairs.length === 0) return { measured, pairs: [] };
  const series = pairs.map((pair) => pair.series);
  const [differences, effects, p] = await Promise.all([
    ask('bands', { series, seed }),
    ask('effects', { series, seed }),
    ask('pairedFamily', { series, seed }),
  ]);
  return {
    measured,
    pairs: pairs.map(({ series: _, ...pair }, i) => ({
      ...pair,
      difference: differences[i],
      effect: effects[i],
      p: p[i],
    })),
  };
}

/** Whether the two differ beyond chance. */
export const differs = ({ p }: Pick<MethodPair, 'p'>): boolean => p < SIGNIFICANT;

/** The better one of a pair; null where they do not differ beyond chance, or the measure calls neither way better. */
export function betterOf(pair: MethodPair): SaliencyMethod | null {
  const { better, difference, first, second } = pair;
  if (better === null || !differs(pair)) return null;
  return difference.mean > 0 === (better === 'high') ? first : second;
}
