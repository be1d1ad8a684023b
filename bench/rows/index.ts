import type { Part } from '../harness/part';
import { animationPart } from './animation';
import { cameraPart } from './camera';
import { coldPart } from './cold';
import { entropyPart } from './entropy';
import { explainPart } from './explain';
import { findingsPart } from './findings';
import { gpuPart } from './gpu';
import { loadParts } from './load';
import { memoryPart } from './memory';
import { onnxruntimePart } from './onnxruntime';
import { saliencyParts } from './saliency';
import { sliderPart } from './slider';
import { soakPart } from './soak';
import { studyPart } from './study';
import { tasksPart } from './tasks';
import { trainingPart } from './training';
import { trustPart } from './trust';

/** All parts, in the order of the table. */
export const parts: Part[] = [
  ...saliencyParts,
  onnxruntimePart,
  gpuPart,
  entropyPart,
  trainingPart,
  sliderPart,
  animationPart,
  tasksPart,
  coldPart,
  memoryPart,
  soakPart,
  cameraPart,
  ...loadParts,
  studyPart,
  trustPart,
  explainPart,
  findingsPart,
];
