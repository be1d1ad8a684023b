import { findSigns, linkSigns } from '../../semiotics';
import { onGrid } from './measure';
import type { SignMeasurement, SignRequest } from './protocol';

/** The signs of every map and how they are aggregated from layer to layer. */
export function signs({ maps, grid, tau, theta }: SignRequest): SignMeasurement {
  const started = performance.now();
  const layers = maps.map((map) => {
    const { values, width, height } = onGrid(map, grid);
    return { map: values, width, height, ...findSigns(values, width, height, { tau, theta }) };
  });
  const { links } = linkSigns(layers);
  return {
    layers: layers.map((layer) => ({ signs: layer.signs })),
    links,
    milliseconds: performance.now() - started,
  };
}
