import { loadCode } from '../code/missing-code';
import { decodePicture } from '../picture/decode';
import { serve } from '../rpc/serve';
import { createEngine } from './engine';
import type { EngineMethods } from './methods';

const engine = createEngine();

serve<EngineMethods>({
  prepare: async (request, task) => ({ result: await engine.prepare(request, task) }),
  checkDrawing: async ({ file }) => {
    const { checkDrawing } = await loadCode(() => import('../picture/check-drawing'));
    await checkDrawing(file);
    return { result: null };
  },
  decode: async (request) => {
    const picture = await decodePicture(request);
    return { result: picture, transfer: [picture.display, picture.input.rgba.buffer] };
  },
  analyse: async (request, task) => {
    const result = await engine.analyse(request, task);
    return { result, transfer: result.layers.map((layer) => layer.map.values.buffer) };
  },
  tryScalings: async (request, task) => ({ result: await engine.tryScalings(request, task) }),
  compare: async (request, task) => {
    const result = await engine.compare(request, task);
    const layers = result.methods.flatMap((method) => method.layers);
    return { result, transfer: layers.map((layer) => layer.map.values.buffer) };
  },
  concepts: async (request, task) => ({ result: await engine.concepts(request, task) }),
  weighSigns: async (request, task) => ({ result: await engine.weighSigns(request, task) }),
  curves: async (request, task) => ({ result: await engine.curves(request, task) }),
  randomise: async (request, task) => ({ result: await engine.randomise(request, task) }),
  trust: async (request, task) => ({ result: await engine.trust(request, task) }),
  planStudy: async (request, task) => ({ result: await engine.planStudy(request, task) }),
  studyBatch: async (request, task) => {
    const result = await engine.studyBatch(request, task);
    const maps = result.pictures.flatMap((picture) =>
      'failure' in picture ? [] : [...picture.maps, ...(picture.trueMaps ?? [])],
    );
    // By a method that reads no gradient, both classes have the same maps.
    return { result, transfer: [...new Set(maps.map(({ values }) => values.buffer))] };
  },
});
