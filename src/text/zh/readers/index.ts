import type { Words } from '../../say';
import { backends } from './backends';
import { files } from './files';
import { foreignKinds } from './foreign-kinds';
import { graphModel } from './graph-model';
import { keras } from './keras';
import { measures } from './measures';
import { networks } from './networks';
import { onnx } from './onnx';
import { operations } from './operations';
import { runs } from './runs';

/**
 * Sentences of the rooms that read networks and pictures, measure and train, in simplified Chinese. They are thrown in English, in workers
 * mostly, and found when they are shown.
 */
export const readers: Words = {
  ...backends,
  ...files,
  ...foreignKinds,
  ...networks,
  ...keras,
  ...operations,
  ...graphModel,
  ...onnx,
  ...measures,
  ...runs,
};
