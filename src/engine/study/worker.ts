import { readPicture } from '../picture/decode';
import { serve } from '../serve';
import { sha256Of } from '../sha256';
import { measurePicture } from './measure-picture';
import type { StudyMethods } from './protocol';

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
