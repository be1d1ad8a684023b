import { sha256Of } from '../../codecs/sha256';
import { readPicture } from '../../picture/decode';
import { readMask } from '../../picture/picture-mask';
import { serve } from '../../rpc/serve';
import { entropiesOfMaps } from './entropies-of-maps';
import { measurePicture } from './measure-picture';
import type { StudyMethods } from './study-methods';

serve<StudyMethods>({
  decode: async ({ file, inputSize, mask }) => {
    const picture = await readPicture(file, inputSize);
    const result = mask ? { ...picture, ...(await readMask(mask, picture, inputSize)) } : picture;
    return { result, transfer: [result.input.rgba.buffer] };
  },
  measure: async (request, task) => {
    const result = await measurePicture(request, task.checkpoint);
    return { result, transfer: Object.values(result).map(({ buffer }) => buffer) };
  },
  entropies: async (request, task) => {
    const result = await entropiesOfMaps(request, task.checkpoint);
    return { result, transfer: Object.values(result).map(({ buffer }) => buffer) };
  },
  digest: async ({ file }) => ({ result: await sha256Of(await file.arrayBuffer()) }),
});
