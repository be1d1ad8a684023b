import type { SaliencyMethod } from '../../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import type { AskStatistics } from '../statistics/statistics-methods';
import { drawColumn } from '../study-columns';
import type { Study } from '../study-data';
import { minus, seriesOf } from '../summary/number-columns';

/** How well one entropy of one method's maps at one layer tells the trained network from its randomised twins. */
export interface TellingPair {
  readonly method: SaliencyMethod;
  readonly measure: EntropyMeasure;
  readonly layer: number;
  /** Cohen's d of the paired differences, trained less randomised, mean over the draws; below 0 where training lowers the entropy. */
  readonly effect: number;
  /** The bootstrap bands of all draws together: from the lowest end to the highest. */
  readonly low: number;
  readonly high: number;
  /**
   * That the draw that differs least does not differ, by sign flips of whole pictures, all pairs, layers and draws being one family
   * (`pairedFamilyTests`); 1 where draws differ in opposite directions. What holds of this draw holds of each.
   */
  readonly p: number;
  /** Fewest pictures of a draw that have both values. */
  readonly count: number;
}

/**
 * Which pair of method and measure tells a trained network from a randomised one? Every method of the study by every entropy at every layer,
 * on the same pictures, draw by draw. Pairs of which no draw has three pictures that differ are left out.
 */
export async function tellingPairs(study: Study, ask: AskStatistics): Promise<TellingPair[]> {
  const { trust, seed } = study.settings;
  const draws = trust?.draws ?? 0;
  if (!trust || draws === 0) return [];
  const found: TellingPair[] = [];
  const differing: Float64Array[][] = [];
  for (const method of trust.methods) {
    const cells = ENTROPY_MEASURES.flatMap(({ id: measure }) => {
      const of = (draw: number) => seriesOf(study, drawColumn(method, measure, draw), 'predicted');
      const trained = of(0);
      const randomised = Array.from({ length: draws }, (_, k) => of(k + 1));
      return trained.map((own, layer) => ({
        ...{ measure, layer },
        differences: randomised.map((other) => minus(own, other[layer])),
      }));
    });
    const series = cells.flatMap(({ differences }) => differences);
    // Method by method: the sums of all resamples of all methods would fill the memory.
    const effects = await ask('effects', { series, seed });
    cells.forEach(({ measure, layer }, cell) => {
      const own = effects.slice(cell * draws, (cell + 1) * draws);
      if (own.some((each) => each === null)) return;
      const known = own.flatMap((each) => each ?? []);
      const agree = new Set(known.map(({ effect }) => Math.sign(effect))).size === 1;
      found.push({
        ...{ method, measure, layer },
        effect: known.reduce((sum, { effect }) => sum + effect, 0) / draws,
        low: Math.min(...known.map(({ low }) => low)),
        high: Math.max(...known.map(({ high }) => high)),
        p: agree ? 0 : 1,
        count: Math.min(...known.map(({ count }) => count)),
      });
      differing.push(cells[cell].differences);
    });
  }
  const p = await ask('pairedFamily', { series: differing.flat(), seed });
  return found.map((pair, i) => ({ ...pair, p: Math.max(pair.p, ...p.slice(i * draws, (i + 1) * draws)) }));
}

/** Level below which a pair tells. */
export const tellingLevel = 0.05;

/** The pairs that tell, the most telling first: by the end of the band that is nearest to nothing. */
export const mostTelling = (pairs: readonly TellingPair[]): TellingPair[] =>
  pairs
    .filter(({ p, low, high }) => p < tellingLevel && low * high > 0)
    .sort((a, b) => nearest(b) - nearest(a));

const nearest = ({ low, high }: TellingPair) => Math.min(Math.abs(low), Math.abs(high));
