import { assertSize, MapError } from '../semiotics-errors';
import { quantiseInto } from './quantise';

/** The most levels a map may have: their joint histogram, levels squared, has to be held in memory. */
export const MAX_LEVELS = 1024;

/** A quantised map: height x width levels, row-major, each one of 0 .. count - 1. */
export interface LevelMap {
  levels: Uint16Array;
  width: number;
  height: number;
  count: number;
}

/** Numbers that can stand for levels. */
export type LevelArray =
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array;

function createLevels(): (length: number) => Uint16Array {
  let levels = new Uint16Array(0);
  return (length) => {
    if (levels.length !== length) levels = new Uint16Array(length);
    return levels;
  };
}

const levelsFor = createLevels();

/**
 * The map quantised to `count` levels, in a buffer that the next call overwrites.
 * @throws MapError on a wrong length or on values that are not finite
 */
export function levelMapOf(map: Float32Array, width: number, height: number, count: number): LevelMap {
  assertSize(map.length, width, height);
  const quantised = levelsFor(map.length);
  quantiseInto(map, count, quantised, width);
  return { levels: quantised, width, height, count };
}

/**
 * Levels that are given as such, with as many levels as the largest one asks for.
 * @throws MapError on a wrong length, a negative level or one of `MAX_LEVELS` or more
 */
export function levelMapOfLevels(levels: LevelArray, width: number, height: number): LevelMap {
  assertSize(levels.length, width, height);
  let largest = 0;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    if (level < 0 || level >= MAX_LEVELS) {
      throw new MapError('levels', `Levels run from 0 to ${MAX_LEVELS - 1}; pixel ${i} holds ${level}.`);
    }
    if (level > largest) largest = level;
  }
  // One array type in the counting loops: mixed types cost the optimiser its specialisation.
  const same = levels instanceof Uint16Array ? levels : Uint16Array.from(levels);
  return { levels: same, width, height, count: largest + 1 };
}
