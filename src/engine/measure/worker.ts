import { serve } from '../serve';
import { compareMaps } from './compare';
import { measure } from './measure';
import type { MeasureMethods } from './protocol';
import { nullSignCounts, signs } from './signs';

serve<MeasureMethods>({
  measure: async (request, task) => ({ result: await measure(request, task) }),
  compare: async (request, task) => ({ result: await compareMaps(request, task) }),
  signs: async (request) => {
    const result = signs(request);
    return { result, transfer: result.layers.map(({ labels }) => labels.buffer) };
  },
  nullSigns: async (request, task) => ({ result: await nullSignCounts(request, task) }),
});
