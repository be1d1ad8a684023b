/**
 * Spatial entropy of maps, their null models, signs and superization: pure mathematics on typed arrays, without a page, a
 * worker or a network. Maps are row-major Float32Arrays of height x width values.
 */

export { linearCorrelation, rankCorrelation } from './correlation';
export type { AltieriEntropy } from './entropy/altieri';
export type { AuraSplit } from './entropy/aura';
export type { LevelArray } from './entropy/level-map';
export { ENTROPY_MEASURES, type EntropyMeasure } from './entropy/measures';
export type { AuraOptions, EntropyOptions } from './entropy/options';
export { quantise } from './entropy/quantise';
export { auraSplit, entropyOfLevels, entropyScalar, spatialEntropy } from './entropy/spatial-entropy';
export { type EvidenceDifference, evidenceDifference } from './evidence-difference';
export { type LayerMatch, matchLayers } from './match-layers';
export {
  type NullModel,
  type NullModelOptions,
  type NullModelStep,
  nullModel,
  nullModelOf,
  nullModelSteps,
  type ShuffledMap,
  type ShuffleOptions,
  shuffledMaps,
  structure,
} from './null-model';
export { type Random, seededRandom, shuffle } from './random';
export { type RegionMask, type RegionShare, regionShare } from './region-share';
export { resizeBilinear } from './resize-map';
export { MapError, type MapErrorCode } from './semiotics-errors';
export { countSigns } from './signs/count-signs';
export { findSigns, type Sign, type SignOptions, type Signs } from './signs/find-signs';
export { type Contours, type ContourTracer, contourTracer } from './signs/iso-contour';
export { type LastPart, lastParts, PART_SHARE, partOfSigns } from './signs/last-parts';
export { lineage } from './signs/lineage';
export {
  AGGREGATION_SHARE,
  type LinkedSign,
  type LinkedSigns,
  linkSigns,
  type SignFate,
  type SignForm,
  type SignLink,
  type SignRef,
} from './signs/link-signs';
export { type NullSignsOptions, nullSigns } from './signs/null-signs';
export { loopArea, type OutlineLoop, signOutlines } from './signs/outline';
export { type SignLayer, type SignShare, signShares } from './signs/shares';
export { type Outline, type OutlineTour, outlineTour } from './signs/sign-morph';
export {
  finalSign,
  type SignTree,
  type SuperizationForest,
  superizationForest,
} from './signs/superization-forest';
export {
  type LayerAura,
  type NullAuraSplit,
  nullAuraSplit,
  type Superization,
  type SuperizationSplit,
  superization,
} from './superization';
