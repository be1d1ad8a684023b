import { searchDefaults } from '../../../search/begin-search';
import type { SearchOptions, SearchOrder } from '../../../search/search-state';
import { profileOptionsOf } from '../architecture/network-of';
import type { OptimiseSettings } from '../optimise-settings';

/** A search by settings; without pictures to measure there would be nothing to go by. */
export function searchOptionsOf(settings: OptimiseSettings): SearchOptions {
  const { budgetKind, trainings, minutes } = settings;
  const profile = profileOptionsOf(settings);
  const controls: [SearchOrder, boolean][] = [
    ['random', settings.controlRandom],
    ['l1', settings.controlL1],
    ['parameters', settings.controlParameters],
    ['taylor', settings.controlTaylor],
    ['scale', settings.controlScale],
    ['uniform', settings.controlUniform && settings.unit === 'filters'],
  ];
  return {
    direction: settings.direction,
    unit: settings.unit,
    shrink: {
      cut: settings.cut / 100,
      most: settings.most / 100,
      ...(settings.cost !== 'both' && { of: settings.cost }),
    },
    distillation: settings.distil > 0 ? { weight: settings.distil, temperature: settings.temperature } : null,
    finalEpochs: settings.finalEpochs,
    tolerance: settings.tolerance / 100,
    budget: budgetKind === 'trainings' ? { kind: 'trainings', trainings } : { kind: 'minutes', minutes },
    referenceEpochs: settings.referenceEpochs,
    epochs: settings.searchEpochs,
    warmStart: settings.warmStart,
    warmLearningRate: settings.warmRate,
    profile: { ...profile, pictures: profile.pictures || searchDefaults.profile.pictures },
    beyondNull: settings.beyondNull,
    orders: ['semiotic', ...controls.flatMap(([order, on]) => (on ? [order] : []))],
    seeds: Array.from({ length: settings.seeds }, (_, i) => settings.seed + i),
  };
}
