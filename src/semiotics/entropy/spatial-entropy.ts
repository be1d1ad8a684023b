import { assertSize, notFinite } from '../semiotics-errors';
import { type AltieriEntropy, altieri } from './altieri';
import { type AuraSplit, aura, auraEntropies } from './aura';
import { auraMatrix } from './aura-matrix';
import { batty } from './batty';
import { conditional } from './conditional';
import { delentropy } from './delentropy';
import { glcm } from './glcm';
import { imageSpatialEntropy } from './ise';
import { karlstrom } from './karlstrom';
import { leibovici } from './leibovici';
import { type LevelArray, type LevelMap, levelMapOf, levelMapOfLevels } from './level-map';
import { marginal } from './marginal';
import { type MassMap, mass } from './mass';
import type { EntropyMeasure } from './measures';
import { mutual } from './mutual';
import { type AuraOptions, completeOptions, type EntropyOptions } from './options';
import { relativeConditional } from './relative-conditional';
import { shannon } from './shannon';

type Options = Required<EntropyOptions>;
type MassMeasure = 'batty' | 'karlstrom' | 'mass';
type LevelMeasure = Exclude<EntropyMeasure, MassMeasure | 'altieri'>;

const ofMass: Record<MassMeasure, (map: MassMap, options: Options) => number> = {
  batty: (map, { partition }) => batty(map, partition),
  karlstrom: (map, { partition }) => karlstrom(map, partition),
  mass,
};

const ofLevels: Record<LevelMeasure, (map: LevelMap, options: Options) => number> = {
  shannon,
  aura,
  marginal,
  conditional,
  mutual,
  'relative-conditional': relativeConditional,
  'aura-matrix': auraMatrix,
  glcm,
  leibovici: (map, { distance }) => leibovici(map, distance),
  delentropy,
  ise: imageSpatialEntropy,
};

const isMassMeasure = (measure: EntropyMeasure): measure is MassMeasure => measure in ofMass;

function assertFinite(map: Float32Array, width: number): void {
  for (let i = 0; i < map.length; i++) {
    if (!Number.isFinite(map[i])) throw notFinite(map[i], i, width);
  }
}

/**
 * Spatial entropy of a map as it is, at its own size. The measures and their units are in `ENTROPY_MEASURES`.
 *
 * @param map height x width values, row-major, finite
 * @returns bits, or a ratio where the measure is one; both parts for `altieri`
 * @throws MapError for a map or an option that has no meaning
 */
export function spatialEntropy(
  map: Float32Array,
  width: number,
  height: number,
  options: EntropyOptions & { measure: 'altieri' },
): AltieriEntropy;
export function spatialEntropy(
  map: Float32Array,
  width: number,
  height: number,
  options: EntropyOptions & { measure: Exclude<EntropyMeasure, 'altieri'> },
): number;
export function spatialEntropy(
  map: Float32Array,
  width: number,
  height: number,
  options: EntropyOptions,
): number | AltieriEntropy;
export function spatialEntropy(
  map: Float32Array,
  width: number,
  height: number,
  options: EntropyOptions,
): number | AltieriEntropy {
  const complete = completeOptions(options);
  if (isMassMeasure(complete.measure)) {
    assertSize(map.length, width, height);
    assertFinite(map, width);
    return ofMass[complete.measure]({ values: map, width, height }, complete);
  }
  const levels = levelMapOf(map, width, height, complete.levels);
  return complete.measure === 'altieri' ? altieri(levels) : ofLevels[complete.measure](levels, complete);
}

/**
 * Spatial entropy of a map that is quantised already, land-cover classes for one. `options.levels` is not read: the map
 * has as many levels as its largest one asks for. batty, karlstrom and mass take the levels themselves as mass.
 *
 * @param levels height x width levels, row-major, 0 .. 1023
 * @throws MapError for a map or an option that has no meaning
 */
export function entropyOfLevels(
  levels: LevelArray,
  width: number,
  height: number,
  options: EntropyOptions & { measure: 'altieri' },
): AltieriEntropy;
export function entropyOfLevels(
  levels: LevelArray,
  width: number,
  height: number,
  options: EntropyOptions & { measure: Exclude<EntropyMeasure, 'altieri'> },
): number;
export function entropyOfLevels(
  levels: LevelArray,
  width: number,
  height: number,
  options: EntropyOptions,
): number | AltieriEntropy;
export function entropyOfLevels(
  levels: LevelArray,
  width: number,
  height: number,
  options: EntropyOptions,
): number | AltieriEntropy {
  const complete = completeOptions(options);
  const map = levelMapOfLevels(levels, width, height);
  if (isMassMeasure(complete.measure)) {
    return ofMass[complete.measure]({ values: map.levels, width, height }, complete);
  }
  return complete.measure === 'altieri' ? altieri(map) : ofLevels[complete.measure](map, complete);
}

/** `spatialEntropy` as one number for every measure, for charts: of Altieri's two parts the residual entropy. */
export function entropyScalar(
  map: Float32Array,
  width: number,
  height: number,
  options: EntropyOptions,
): number {
  const value = spatialEntropy(map, width, height, options);
  return typeof value === 'number' ? value : value.residual;
}

/** Joint, marginal and conditional entropy of the map's aura matrix at once, in bits. */
export function auraSplit(
  map: Float32Array,
  width: number,
  height: number,
  options: AuraOptions = {},
): AuraSplit {
  const complete = completeOptions({ ...options, measure: 'aura' });
  return auraEntropies(levelMapOf(map, width, height, complete.levels), complete);
}
