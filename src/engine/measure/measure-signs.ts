import type { Task } from '../../rpc/serve';
import { countSigns, findSigns, linkSigns, nullModelOf, shuffledMaps } from '../../semiotics';
import { onGrid } from './measure-maps';
import type { NullSignCounts, NullSignRequest, SignMeasurement, SignRequest } from './measure-methods';

/** The signs of every map and how they are aggregated from layer to layer. */
export function signs({ maps, grid, tau, theta }: SignRequest): SignMeasurement {
  const started = performance.now();
  const layers = maps.map((map) => {
    const { values, width, height } = onGrid(map, grid);
    return { map: values, width, height, ...findSigns(values, width, height, { tau, theta }) };
  });
  const linked = linkSigns(layers);
  return {
    grid,
    layers: layers.map(({ signs, labels }) => ({ signs, labels })),
    linked,
    milliseconds: performance.now() - started,
  };
}

/** How many signs the shuffled maps of every layer have, each layer told as it is done. */
export async function nullSignCounts(
  { maps, grid, tau, theta, shuffles, seed }: NullSignRequest,
  task: Task<NullSignCounts>,
): Promise<NullSignCounts> {
  const counts: NullSignCounts = maps.map(() => null);
  for (const [index, { values, width, height }] of maps.entries()) {
    const found: number[] = [];
    for (const shuffled of shuffledMaps(values, width, height, { grid, shuffles, seed })) {
      await task.checkpoint();
      found.push(countSigns(shuffled.map, shuffled.width, shuffled.height, { tau, theta }));
    }
    const { mean, sd } = nullModelOf(Float64Array.from(found));
    counts[index] = { mean, sd };
    task.report(counts);
  }
  return counts;
}
