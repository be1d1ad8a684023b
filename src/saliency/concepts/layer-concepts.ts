import { extremeRows } from './extreme-rows';
import {
  type FactorOptions,
  improveFactors,
  type NonNegative,
  sumOfSquares,
  weightsOfParts,
} from './non-negative-factors';

/** Fewest and most concepts of a layer, and how many where nobody has chosen. */
export const conceptCounts = { least: 2, most: 8, initial: 5 } as const;

/** What a layer yields, row after row of its map: height x width x channels. */
export interface Features {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** One concept of a layer: where it is, and which channels it is made of. */
export interface Concept {
  /** height x width: the activation it holds at every place, summed over channels. */
  readonly map: Float32Array;
  /** Its share of the activation that all concepts hold, 0..1. */
  readonly share: number;
  /** One number a channel: what it adds to the activation where it is strongest. */
  readonly vector: Float32Array;
}

/** The concepts of a layer, that of the greatest share first. */
export interface Factorisation {
  readonly concepts: Concept[];
  /** The share of the activation's sum of squares that they explain, 0..1; 1 where there is no activation at all. */
  readonly explained: number;
}

/** Most numbers that the concepts are found from, and fewest and most places of them: more tell hardly more, and take longer. */
const mostNumbers = 2 ** 17;
const fewestPlaces = 14 ** 2;
const mostPlaces = 56 ** 2;

/**
 * Deep feature factorisation (Collins, Achanta and Süsstrunk 2018): A ≈ W H, A the activations of all places (places x channels) with
 * what is below 0 taken as 0, W a map for every concept and H its channels, none of them below 0. Begun with the places that are
 * least like one another, improved by hierarchical alternating least squares; nothing is left to chance. Where a layer has more
 * numbers than it takes, H is found from every s-th row and column, and W at all places is their non-negative least squares by it.
 * Fewer concepts where the activations have no more in them: none where all are 0.
 * @param count most concepts
 */
export async function factorise(
  { values, width, height, channels }: Features,
  count: number,
  options?: FactorOptions,
): Promise<Factorisation> {
  const all: NonNegative = {
    values: values.map((value) => (value > 0 ? value : 0)),
    rows: width * height,
    columns: channels,
  };
  const some = fewer(all, width, height);
  const rows = extremeRows(some, Math.min(count, channels, some.rows));
  const rank = rows.length;
  if (rank === 0) return { concepts: [], explained: 1 };
  const parts = new Float64Array(rank * channels);
  rows.forEach((row, k) => {
    parts.set(some.values.subarray(row * channels, (row + 1) * channels), k * channels);
  });
  const from = { parts, rank, weights: weightsOfParts(some, parts, rank) };
  const found = await improveFactors(some, from, options);
  const weights = weightsOfParts(all, found.parts, rank);
  return inOrder(all, found.parts, weights, rank);
}

/** The rows of every s-th row and column of places, s the least that leaves no more numbers than are taken. */
function fewer(all: NonNegative, width: number, height: number): NonNegative {
  const { values, rows, columns } = all;
  const most = Math.min(mostPlaces, Math.max(fewestPlaces, mostNumbers / columns));
  let step = 1;
  while (Math.ceil(width / step) * Math.ceil(height / step) > most) step++;
  if (step === 1) return { values, rows, columns };
  const places: number[] = [];
  // From the middle of the first step, so that no border is taken for the whole.
  const start = step >> 1;
  for (let y = start; y < height; y += step) {
    for (let x = start; x < width; x += step) places.push(y * width + x);
  }
  const taken = new Float32Array(places.length * columns);
  places.forEach((place, i) => {
    taken.set(values.subarray(place * columns, (place + 1) * columns), i * columns);
  });
  return { values: taken, rows: places.length, columns };
}

function inOrder(all: NonNegative, parts: Float64Array, weights: Float64Array, rank: number): Factorisation {
  const { rows, columns } = all;
  const made = Array.from({ length: rank }, (_, k) => {
    const part = parts.subarray(k * columns, (k + 1) * columns);
    const whole = part.reduce((sum, value) => sum + value, 0);
    let strongest = 0;
    const map = new Float32Array(rows);
    for (let i = 0; i < rows; i++) {
      const weight = weights[i * rank + k];
      map[i] = weight * whole;
      if (weight > strongest) strongest = weight;
    }
    const mass = map.reduce((sum, value) => sum + value, 0);
    return { map, mass, vector: Float32Array.from(part, (value) => value * strongest) };
  });
  const total = made.reduce((sum, { mass }) => sum + mass, 0);
  const concepts = made
    .filter(({ mass }) => mass > 0)
    .sort((a, b) => b.mass - a.mass)
    .map(({ map, mass, vector }) => ({ map, share: mass / total, vector }));
  return { concepts, explained: explainedShare(all, parts, weights, rank) };
}

function explainedShare(
  { values, rows, columns }: NonNegative,
  parts: Float64Array,
  weights: Float64Array,
  rank: number,
): number {
  let loss = 0;
  const row = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    row.fill(0);
    for (let k = 0; k < rank; k++) {
      const weight = weights[i * rank + k];
      if (weight === 0) continue;
      for (let c = 0; c < columns; c++) row[c] += weight * parts[k * columns + c];
    }
    for (let c = 0; c < columns; c++) loss += (values[i * columns + c] - row[c]) ** 2;
  }
  return Math.max(0, 1 - loss / sumOfSquares(values));
}
