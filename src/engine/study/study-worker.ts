import { sha256Of } from '../../codecs/sha256';
import { readPicture } from '../../picture/decode';
import { serve } from '../../rpc/serve';
import { measurePicture } from './measure-picture';
import type { StudyMethods } from './study-methods';

serve<StudyMethods>({
  decode: async ({ file, inputSize }) => {
    const result = await readPicture(file, inputSize);
    return { result, transfer: [result.input.rgba.buffer] };
  },
  measure: async (request, task) => {
    const result = await measurePicture(request, task.checkpoint);
    return { result, transfer: Object.values(result).map(({ buffer }) => buffer) };
  },
  digest: async ({ file }) => ({ result: await sha256Of(await file.arrayBuffer()) }),
});
