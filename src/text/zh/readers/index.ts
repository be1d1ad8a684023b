import type { Words } from '../../say';
import { backends } from './backend-words';
import { foreignKinds } from './foreign-kind-words';
import { graphModel } from './graph-model-words';
import { keras } from './keras-words';
import { measures } from './measure-words';
import { networks } from './network-words';
import { onnx } from './onnx-words';
import { operations } from './operation-words';
import { files } from './picture-words';
import { runs } from './run-words';

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
