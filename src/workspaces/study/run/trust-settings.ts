import {
  localisationMeasures,
  quickMeasures,
  roadPercentages,
  TRUST_MEASURES,
  type TrustMeasure,
} from '../../../faithfulness/trust/trust-measures';
import { hasOwnLayers, quickMethods, type SaliencyMethod } from '../../../saliency/method-names';
import type { StudySettings } from '../../../study/study-data';
import type { StudyChoices } from './study-settings';

const measuresOf: Record<Exclude<StudyChoices['trust'], 'none'>, readonly TrustMeasure[]> = {
  quick: [...quickMeasures, ...localisationMeasures],
  road: ['road', ...quickMeasures, ...localisationMeasures],
  all: TRUST_MEASURES.map(({ id }) => id),
};

/** What a study asks of trust, by what was chosen; nothing where it was not asked for. */
export function trustSettings(
  trust: StudyChoices['trust'],
  methods: StudyChoices['trustMethods'],
  own: SaliencyMethod,
  draws = 0,
): Pick<StudySettings, 'trust'> {
  if (trust === 'none') return {};
  return {
    trust: {
      // Attention has layers of its own, which no other method's maps are set beside.
      methods: methods === 'own' || hasOwnLayers(own) ? [own] : [...new Set([own, ...quickMethods])],
      measures: [...measuresOf[trust]],
      percentages: [...roadPercentages],
      ...(draws > 0 ? { draws } : {}),
    },
  };
}
