import { linearCorrelation } from './correlation';
import type { MapData } from './map-data';
import { resizeBilinear } from './resize-map';
import { assertSize } from './semiotics-errors';

/** How the evidence of two maps differs. */
export interface EvidenceDifference {
  /** Pearson's correlation of the maps' values; null where one is constant. */
  readonly correlation: number | null;
  /**
   * Share of its evidence that either map has where the other has as much, 0 .. 1: the sum over all places of the smaller of the two
   * shares (the overlap of two distributions; one minus it is their total variation). Null where a map holds no positive evidence.
   */
  readonly shared: number | null;
  /**
   * Place by place the first map's share of its evidence less the second's, times the number of places: 1 where the first has as much
   * more as an even map has anywhere. Its positive values sum to `1 - shared` times that number, and so do its negative ones.
   */
  readonly difference: MapData | null;
}

/**
 * The difference of two maps, whatever their scales: each map's positive values are taken as shares of their sum. Maps of different sizes
 * are compared on the larger number of rows and of columns, bilinear.
 *
 * @throws MapError where a map is not of the size it says
 */
export function evidenceDifference(a: MapData, b: MapData): EvidenceDifference {
  for (const { values, width, height } of [a, b]) assertSize(values.length, width, height);
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  const [first, second] = [a, b].map((map) =>
    map.width === width && map.height === height
      ? map.values
      : resizeBilinear(map.values, map.width, map.height, width, height),
  );
  const correlation = linearCorrelation(first, second);
  const [massA, massB] = [massOf(first), massOf(second)];
  if (!(massA > 0) || !(massB > 0)) return { correlation, shared: null, difference: null };
  const places = width * height;
  const values = new Float32Array(places);
  let shared = 0;
  for (let i = 0; i < places; i++) {
    const [x, y] = [Math.max(0, first[i]) / massA, Math.max(0, second[i]) / massB];
    shared += Math.min(x, y);
    values[i] = (x - y) * places;
  }
  return { correlation, shared: Math.min(1, shared), difference: { values, width, height } };
}

/** The sum of the positive values. */
const massOf = (values: Float32Array) => values.reduce((sum, value) => sum + Math.max(0, value), 0);
