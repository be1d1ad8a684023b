import { serve } from '../../rpc/serve';
import { statisticsAnswers as answers } from './answers';
import type { StatisticsMethods } from './statistics-methods';

serve<StatisticsMethods>({
  bands: async (request) => ({ result: answers.bands(request) }),
  paired: async (request) => ({ result: answers.paired(request) }),
  pairedFamily: async (request) => ({ result: answers.pairedFamily(request) }),
  groups: async (request) => ({ result: answers.groups(request) }),
  effects: async (request) => ({ result: answers.effects(request) }),
  correlations: async (request) => ({ result: answers.correlations(request) }),
  tellApart: async (request) => ({ result: answers.tellApart(request) }),
  regression: async (request) => ({ result: answers.regression(request) }),
  spreads: async (request) => ({ result: answers.spreads(request) }),
});
