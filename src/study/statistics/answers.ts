import { heldOutRegression } from '../trust/held-out-regression';
import { correlationsOfLayers } from '../trust/rank-correlation-band';
import { tellsApart } from '../trust/tells-apart';
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
  correlations: ({ first, second, ...options }) => correlationsOfLayers(first, second, options),
  tellApart: ({ series, marked, seed }) => series.map((values) => tellsApart(values, marked, seed)),
  regression: ({ predictors, marked, seed }) =>
    tellsApart(heldOutRegression(predictors, marked, { seed }), marked, seed),
  spreads: ({ series }) => series.map(spreadOf),
};
