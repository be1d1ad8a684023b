export type { AltieriEntropy } from './entropy/altieri';
export type { AuraSplit } from './entropy/aura';
export type { LevelArray } from './entropy/level-map';
export { ENTROPY_MEASURES, type EntropyMeasure } from './entropy/measures';
export type { AuraOptions, EntropyOptions } from './entropy/options';
export { quantise } from './entropy/quantise';
export { auraSplit, entropyOfLevels, entropyScalar, spatialEntropy } from './entropy/spatial-entropy';
export { MapError, type MapErrorCode } from './errors';
export {
  type NullModel,
  type NullModelOptions,
  type NullModelStep,
  nullModel,
  nullModelSteps,
  type ShuffleOptions,
  structure,
} from './null-model';
export { type Random, seededRandom } from './random';
export { resizeBilinear } from './resize';
