import { serve } from '../../rpc/serve';
import { compareMaps } from './compare-maps';
import { contrastMaps } from './contrast-maps';
import { measure } from './measure-maps';
import type { MeasureMethods } from './measure-methods';
import { nullSignCounts, signs } from './measure-signs';

serve<MeasureMethods>({
  measure: async (request, task) => ({ result: await measure(request, task) }),
  compare: async (request, task) => ({ result: await compareMaps(request, task) }),
  contrast: async (request, task) => ({ result: await contrastMaps(request, task) }),
  signs: async (request) => {
    const result = signs(request);
    return { result, transfer: result.layers.map(({ labels }) => labels.buffer) };
  },
  nullSigns: async (request, task) => ({ result: await nullSignCounts(request, task) }),
});
