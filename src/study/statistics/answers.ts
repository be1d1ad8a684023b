import { bootstrapDifferences } from './bootstrap';
import { bootstrapEffects } from './bootstrap-effects';
import { groupPermutationTests } from './group-permutation';
import { pairedFamilyTests, pairedPermutationTests } from './paired-permutation';
import { spreadOf } from './spread';
import type { StatisticsMethods } from './statistics-methods';

/** What each request to the statistics is answered with. */
export const statisticsAnswers: {
  [Name in keyof StatisticsMethods]: (
    request: StatisticsMethods[Name]['request'],
  ) => StatisticsMethods[Name]['result'];
} = {
  bands: ({ series, differences = [], seed }) => bootstrapDifferences(series, differences, { seed }),
  paired: ({ series, seed }) => pairedPermutationTests(series, { seed }),
  pairedFamily: ({ series, seed }) => pairedFamilyTests(series, { seed }),
  groups: ({ series, first, seed }) => groupPermutationTests(series, first, { seed }),
  effects: ({ series, seed }) => bootstrapEffects(series, { seed }),
  spreads: ({ series }) => series.map(spreadOf),
};
