import type { Task } from '../../rpc/serve';
import {
  auraSplit,
  type EntropyOptions,
  entropyScalar,
  nullModelOf,
  resizeBilinear,
  shuffledMaps,
  spatialEntropy,
  structure,
} from '../../semiotics';
import type { MapData } from '../../semiotics/map-data';
import type { LayerMeasurement, Measurement, MeasureRequest } from './measure-methods';

/** Entropies of all maps at once, then their null models one after the other, each told as it is done. */
export async function measure(request: MeasureRequest, task: Task<Measurement>): Promise<Measurement> {
  const started = performance.now();
  const layers: LayerMeasurement[] = [];
  for (const map of request.maps) {
    layers.push(measureMap(onGrid(map, request.grid), request.entropy));
    await task.checkpoint();
  }
  const measurement = { layers, milliseconds: performance.now() - started };
  task.report(measurement);
  for (const [index, map] of request.maps.entries()) {
    const { shuffles, seed, grid, entropy } = request;
    const values: number[] = [];
    const aura = { marginal: 0, conditional: 0 };
    const joint: number[] = [];
    const options = { shuffles, seed, grid: grid ?? undefined };
    for (const shuffled of shuffledMaps(map.values, map.width, map.height, options)) {
      await task.checkpoint();
      values.push(entropyScalar(shuffled.map, shuffled.width, shuffled.height, entropy));
      const split = auraSplit(shuffled.map, shuffled.width, shuffled.height, entropy);
      aura.marginal += split.marginal / shuffles;
      aura.conditional += split.conditional / shuffles;
      joint.push(split.joint);
    }
    const { mean, sd } = nullModelOf(Float64Array.from(values));
    layers[index] = {
      ...layers[index],
      null: { mean, sd },
      structure: structure(layers[index].value, mean),
      nullAura: { ...aura, sd: nullModelOf(Float64Array.from(joint)).sd },
    };
    task.report(measurement);
  }
  return measurement;
}

/** The map resized to the grid; as it is where there is none. */
export function onGrid(map: MapData, grid: MeasureRequest['grid']): MapData {
  if (!grid) return map;
  return { ...grid, values: resizeBilinear(map.values, map.width, map.height, grid.width, grid.height) };
}

function measureMap({ values, width, height }: MapData, options: EntropyOptions): LayerMeasurement {
  const { marginal, conditional } = auraSplit(values, width, height, options);
  const entropy = spatialEntropy(values, width, height, options);
  return {
    ...(typeof entropy === 'number'
      ? { value: entropy, mutual: null }
      : { value: entropy.residual, mutual: entropy.mutual }),
    marginal,
    conditional,
    null: null,
    structure: null,
    nullAura: null,
  };
}
