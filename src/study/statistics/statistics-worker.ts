import { serve } from '../../rpc/serve';
import { statisticsAnswers as answers } from './answers';
import type { StatisticsMethods } from './statistics-methods';

serve<StatisticsMethods>({
  bands: async (request) => ({ result: answers.bands(request) }),
  paired: async (request) => ({ result: answers.paired(request) }),
  pairedFamily: async (request) => ({ result: answers.pairedFamily(request) }),
  groups: async (request) => ({ result: answers.groups(request) }),
  effects: async (request) => ({ result: answers.effects(request) }),
  spreads: async (request) => ({ result: answers.spreads(request) }),
});
