import type { Task } from '../../rpc/serve';
import { entropyScalar, linearCorrelation, rankCorrelation } from '../../semiotics';
import { onGrid } from './measure-maps';
import type { ComparedMap, CompareMapsRequest } from './measure-methods';

/** Entropy of every map, and how alike it is to its reference. */
export async function compareMaps(
  { maps, references, grid, entropy }: CompareMapsRequest,
  task: Task<never>,
): Promise<ComparedMap[]> {
  const compared: ComparedMap[] = [];
  for (const [i, map] of maps.entries()) {
    const reference = references[i];
    const { values, width, height } = onGrid(map, grid);
    compared.push({
      entropy: entropyScalar(values, width, height, entropy),
      linear: reference && linearCorrelation(map.values, reference.values),
      rank: reference && rankCorrelation(map.values, reference.values),
    });
    await task.checkpoint();
  }
  return compared;
}
