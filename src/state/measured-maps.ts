import { useEffect, useState } from 'react';
import { demonstrations } from '../engine/engine-client';
import type { Measurement } from '../engine/measure/measure-methods';
import { nullShuffles } from '../engine/measure/null-shuffles';
import type { EntropyOptions } from '../semiotics';
import type { MapData } from '../semiotics/map-data';

/**
 * Maps that are shown to explain something, measured beside what is on screen, as far as that has come; null until the first values are there.
 * @param side pixels that every map is resized to; null for its own
 * @param entropy the same object until something of it changes
 */
export function useMeasuredMaps(
  maps: MapData[] | null,
  side: number | null,
  entropy: EntropyOptions,
  seed: number,
): Measurement | null {
  const [measurement, setMeasurement] = useState<Measurement | null>(null);
  useEffect(() => {
    setMeasurement(null);
    if (!maps) return;
    const controller = new AbortController();
    const show = (found: Measurement) => {
      if (!controller.signal.aborted) setMeasurement(found);
    };
    const grid = side === null ? null : { width: side, height: side };
    demonstrations
      .call(
        'measure',
        { maps, grid, entropy, shuffles: nullShuffles, seed },
        { signal: controller.signal, onProgress: show },
      )
      .then(show)
      .catch((error) => {
        if (!controller.signal.aborted) throw error;
      });
    return () => controller.abort();
  }, [maps, side, entropy, seed]);
  return measurement;
}
