import { serve } from '../serve';
import { measure } from './measure';
import type { MeasureMethods } from './protocol';
import { signs } from './signs';

serve<MeasureMethods>({
  measure: async (request, task) => ({ result: await measure(request, task) }),
  signs: async (request) => ({ result: signs(request) }),
});
