import type * as tf from '@tensorflow/tfjs-core';
import { type Random, seededRandom } from '../../semiotics';
import { mixedPictures } from '../mask';
import { type AskedNetwork, answersOf } from './asked-network';

/** Subsets of the cells of a grid over the picture, and what is lost without each of them. */
export interface SubsetLosses {
  columns: number;
  rows: number;
  /** Cells of each subset. */
  subsets: readonly Uint32Array[];
  /** What is explained of the whole picture, minus what it is without the subset. */
  losses: Float64Array;
}

export interface SubsetsOptions {
  columns: number;
  rows: number;
  subsets: readonly Uint32Array[];
  /** What stands in for the cells that are taken away, [1, h, w, c]; stays the caller's. */
  to: tf.Tensor4D;
}

/** Random subsets of `of` cells, `count` of each size. Equal seeds give equal subsets. */
export function randomSubsets(
  of: number,
  sizes: readonly number[],
  count: number,
  seed: number,
): Uint32Array[] {
  const random = seededRandom(seed);
  return sizes.flatMap((size) => Array.from({ length: count }, () => randomSubset(of, size, random)));
}

function randomSubset(of: number, size: number, random: Random): Uint32Array {
  const cells = Uint32Array.from({ length: of }, (_, i) => i);
  for (let i = 0; i < size; i++) {
    const j = i + random.below(of - i);
    [cells[i], cells[j]] = [cells[j], cells[i]];
  }
  return cells.slice(0, size);
}

/**
 * Takes subsets of cells away and asks the network what is lost. No map decides which: the same losses serve all layers and
 * all methods, for sensitivity-n, faithfulness correlation and infidelity.
 */
export async function subsetLosses(
  asked: AskedNetwork,
  { columns, rows, subsets, to }: SubsetsOptions,
): Promise<SubsetLosses> {
  const [, height, width] = asked.input.shape;
  const cellOf = cellsOfPixels(width, height, columns, rows);
  const answers = await answersOf(asked, subsets.length, (start, end) => {
    const cover = new Float32Array((end - start) * cellOf.length);
    for (let subset = start; subset < end; subset++) {
      const gone = new Uint8Array(columns * rows);
      for (const cell of subsets[subset]) gone[cell] = 1;
      const at = (subset - start) * cellOf.length;
      cellOf.forEach((cell, pixel) => {
        cover[at + pixel] = gone[cell];
      });
    }
    return mixedPictures(asked.input, to, cover);
  });
  const { value } = asked.explained;
  return { columns, rows, subsets, losses: Float64Array.from(answers, (answer) => value - answer.value) };
}

/** What every subset holds of a map of the picture's size. */
export function heldBySubsets(
  map: Float32Array,
  width: number,
  height: number,
  { columns, rows, subsets }: Pick<SubsetLosses, 'columns' | 'rows' | 'subsets'>,
): Float64Array {
  const cells = new Float64Array(columns * rows);
  cellsOfPixels(width, height, columns, rows).forEach((cell, pixel) => {
    cells[cell] += map[pixel];
  });
  return Float64Array.from(subsets, (subset) => subset.reduce((sum, cell) => sum + cells[cell], 0));
}

/** The cell of a grid that each pixel lies in. */
function cellsOfPixels(width: number, height: number, columns: number, rows: number): Uint32Array {
  return Uint32Array.from({ length: width * height }, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
  });
}
