import { auraSplit, ENTROPY_MEASURES, type EntropyMeasure, entropyScalar } from '../../semiotics';
import { onGrid } from '../measure/measure-maps';
import { ofAuraSplit } from './of-aura-split';
import type { StudyMethods } from './study-methods';

/**
 * Every entropy of some maps, without null models: an array a measure, a value a map. NaN where a map is zero everywhere.
 * @param checkpoint called once a map; throws where the work is cancelled
 */
export async function entropiesOfMaps(
  { maps, grid, levels, neighbourhood, torus }: StudyMethods['entropies']['request'],
  checkpoint: () => Promise<void>,
): Promise<Record<EntropyMeasure, Float64Array>> {
  const values = Object.fromEntries(
    ENTROPY_MEASURES.map(({ id }) => [id, new Float64Array(maps.length).fill(Number.NaN)]),
  ) as Record<EntropyMeasure, Float64Array>;
  const aura = { levels, neighbourhood, torus };
  for (const [i, map] of maps.entries()) {
    await checkpoint();
    if (map.values.every((value) => value === 0)) continue;
    const { values: own, width, height } = onGrid(map, grid);
    const split = auraSplit(own, width, height, aura);
    for (const { id: measure } of ENTROPY_MEASURES) {
      values[measure][i] =
        ofAuraSplit[measure]?.(split) ?? entropyScalar(own, width, height, { measure, ...aura });
    }
  }
  return values;
}
