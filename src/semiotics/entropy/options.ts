import { MapError } from '../semiotics-errors';
import { MAX_LEVELS } from './level-map';
import { ENTROPY_MEASURES, type EntropyMeasure } from './measures';

/** How a map is measured. */
export interface EntropyOptions {
  measure: EntropyMeasure;
  /** How many levels the map is quantised to, 2 .. 1024; default 256. Not read by batty, karlstrom and mass. */
  levels?: number;
  /** Neighbours of a pixel, by their number; default 4. Read by the aura measures, from `aura` to `aura-matrix`. */
  neighbourhood?: 4 | 8;
  /** Whether opposite borders touch; default false. Read by the aura measures. */
  torus?: boolean;
  /** Greatest distance of a pair in pixels, for leibovici; default 2. */
  distance?: number;
  /** Cells along each side of the partition, for batty and karlstrom; default 4. */
  partition?: number;
}

/** The part of the options that the aura matrix depends on. */
export type AuraOptions = Pick<EntropyOptions, 'levels' | 'neighbourhood' | 'torus'>;

/** The options with every default filled in and every value checked. */
export function completeOptions(options: EntropyOptions): Required<EntropyOptions> {
  const { measure, levels = 256, neighbourhood = 4, torus = false, distance = 2, partition = 4 } = options;
  if (!ENTROPY_MEASURES.some((row) => row.id === measure)) {
    const known = ENTROPY_MEASURES.map((row) => row.id).join(', ');
    throw new MapError('option', `There is no entropy measure "${measure}". Known: ${known}.`);
  }
  if (!Number.isInteger(levels) || levels < 2 || levels > MAX_LEVELS) {
    throw new MapError('levels', `Levels must be a whole number from 2 to ${MAX_LEVELS}, not ${levels}.`);
  }
  if (neighbourhood !== 4 && neighbourhood !== 8) {
    throw new MapError('option', `The neighbourhood is 4 or 8, not ${neighbourhood}.`);
  }
  if (!(distance >= 1 && distance < Infinity)) {
    throw new MapError('option', `The distance of a pair is at least 1 pixel and finite, not ${distance}.`);
  }
  if (!Number.isInteger(partition) || partition < 1) {
    throw new MapError(
      'option',
      `A partition has a whole number of cells a side, at least 1, not ${partition}.`,
    );
  }
  return { measure, levels, neighbourhood, torus, distance, partition };
}
