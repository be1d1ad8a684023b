import { type TrustMeasure, trustMeasure } from '../../faithfulness/trust/trust-measures';
import { type Band, holm } from '../statistics';
import type { AskStatistics } from '../statistics/statistics-methods';
import { trustColumn } from '../study-columns';
import type { Study } from '../study-data';
import { seriesOf } from '../summary/number-columns';

/** How far one number of the maps goes with one measure of trust. */
export interface EntropyAndTrust {
  readonly measure: TrustMeasure;
  readonly name: string;
  readonly number: 'entropy' | 'structure';
  /**
   * Across layers: the mean over pictures of the rank correlation, within each, of the number with the measure over its layers. p of sign
   * flips, corrected for all rows (Holm).
   */
  readonly acrossLayers: { readonly band: Band; readonly p: number } | null;
  /**
   * Within each layer, across pictures: rank correlation with its bootstrap band, p by Student's t, corrected for all rows and
   * layers; null where fewer than ten pictures have both.
   */
  readonly withinLayers: readonly ({
    readonly correlation: number;
    readonly low: number;
    readonly high: number;
    readonly p: number;
    readonly count: number;
  } | null)[];
}

/** Fewest pictures that a correlation is drawn from. */
const fewest = 10;

/**
 * Does entropy go with trust? Entropy and structure of the study's first measure against every measure of trust of the study's own
 * method.
 */
export async function entropyAndTrust(study: Study, ask: AskStatistics): Promise<EntropyAndTrust[]> {
  const { trust, method, measures, seed } = study.settings;
  if (!trust?.methods.includes(method)) return [];
  const numbers = [
    { number: 'entropy' as const, series: seriesOf(study, measures[0], 'predicted') },
    { number: 'structure' as const, series: seriesOf(study, `${measures[0]} structure`, 'predicted') },
  ];
  const asked = trust.measures.flatMap((measure) => {
    const values = seriesOf(study, trustColumn(method, measure), 'predicted');
    return numbers.map(({ number, series }) => ({ measure, number, series, values }));
  });
  const found = await Promise.all(
    asked.map(({ series, values }) => ask('correlations', { first: series, second: values, seed, fewest })),
  );
  const perPicture = found.map(({ acrossLayers }) => acrossLayers);
  const [bands, p] = await Promise.all([
    ask('bands', { series: perPicture, seed }),
    ask('paired', { series: perPicture, seed }),
  ]);
  const acrossP = holm(p.map((value, i) => (bands[i].count > 0 ? value : Number.NaN)));
  const within = found.map(({ withinLayers }) => withinLayers);
  const withinP = holm(within.flat().map((one) => one?.p ?? Number.NaN));
  const layers = study.layers.length;
  return asked.map(({ measure, number }, row) => ({
    ...{ measure, number, name: trustMeasure(measure).name },
    acrossLayers: bands[row].count > 0 ? { band: bands[row], p: acrossP[row] } : null,
    withinLayers: within[row].map((one, layer) => one && { ...one, p: withinP[row * layers + layer] }),
  }));
}
