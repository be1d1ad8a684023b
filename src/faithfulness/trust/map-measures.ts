import { mass } from '../../semiotics/entropy/mass';
import { attributionLocalisation } from '../../semiotics/trust/attribution-localisation';
import { effectiveComplexity } from '../../semiotics/trust/effective-complexity';
import { localisationAuc } from '../../semiotics/trust/localisation-auc';
import { pointingGame } from '../../semiotics/trust/pointing-game';
import type { RegionMask } from '../../semiotics/trust/region-mask';
import { relevanceMassAccuracy } from '../../semiotics/trust/relevance-mass-accuracy';
import { relevanceRankAccuracy } from '../../semiotics/trust/relevance-rank-accuracy';
import { sparseness } from '../../semiotics/trust/sparseness';
import { topKIntersection } from '../../semiotics/trust/top-k-intersection';
import type { TrustMeasure } from './trust-measures';
import type { TrustValues } from './trust-questions';

type Localise = (map: Float32Array, mask: RegionMask) => number | null;

const localised: Partial<Record<TrustMeasure, Localise>> = {
  'pointing-game': pointingGame,
  'relevance-mass': relevanceMassAccuracy,
  'relevance-rank': relevanceRankAccuracy,
  'attribution-localisation': attributionLocalisation,
  'top-k': (map, mask) => topKIntersection(map, mask),
  'localisation-auc': localisationAuc,
};

const complexities: Partial<Record<TrustMeasure, (map: Float32Array) => number | null>> = {
  sparseness,
  complexity: (values) => mass({ values, width: values.length, height: 1 }),
  'effective-complexity': (map) => effectiveComplexity(map),
};

/**
 * The measures among those asked for that need no network.
 * @param mask on the map's grid; null where there is none, and localisation cannot be told
 */
export function mapMeasures(
  map: Float32Array,
  mask: RegionMask | null,
  measures: readonly TrustMeasure[],
): TrustValues {
  const values: TrustValues = {};
  for (const id of measures) {
    const localise = localised[id];
    if (localise) values[id] = mask && localise(map, mask);
    const complexity = complexities[id];
    if (complexity) values[id] = complexity(map);
  }
  return values;
}
