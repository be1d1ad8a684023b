import type { SaliencyGrid } from '../../../../figures';

/** What a new frame's map counts for in the map that is shown. */
export const newest = 0.3;

/** Takes the map of each frame and gives the map to show. */
export type Smoothing = (map: SaliencyGrid, of: number | null) => SaliencyGrid;

/**
 * Exponential smoothing of maps over frames: shown = share · new + (1 − share) · shown before (Brown 1956). It begins anew where the
 * size or the class that is explained changes, since maps of two classes have no mean.
 * @param share 0 .. 1
 */
export function createSmoothing(share = newest): Smoothing {
  const kept: { map: SaliencyGrid | null; of: number | null } = { map: null, of: null };
  return (map, of) => {
    const { map: before } = kept;
    const goesOn =
      before !== null && kept.of === of && before.width === map.width && before.height === map.height;
    const values = goesOn
      ? map.values.map((value, i) => share * value + (1 - share) * before.values[i])
      : map.values;
    kept.map = { values, width: map.width, height: map.height };
    kept.of = of;
    return kept.map;
  };
}

/** Frames a second over the last times, in milliseconds; null before there are two. */
export function rateOf(times: readonly number[]): number | null {
  const span = times.length > 1 ? times[times.length - 1] - times[0] : 0;
  return span > 0 ? (1000 * (times.length - 1)) / span : null;
}
