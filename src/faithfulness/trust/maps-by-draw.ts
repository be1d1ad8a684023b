import type { Network } from '../../network/network';
import type { SaliencyMethod } from '../../saliency/method-names';
import type { MapData } from '../../semiotics/map-data';
import type { Randomiser } from '../randomisation-steps';
import type { PicturesMaps } from './maps-of-pictures';

/** Maps of one picture by method, network and layer: by the trained network first, then by each of its randomised twins. */
export type MapsByDraw = Partial<Record<SaliencyMethod, MapData[][]>>;

/**
 * The maps of a picture by the trained network and by twins with all weights shuffled, by as many seeds as there are draws; the class that is
 * explained stays the same.
 */
export async function mapsByDraw(
  trained: PicturesMaps,
  { all, build }: Pick<Randomiser, 'all' | 'build'>,
  { draws, seed }: { draws: number; seed: number },
  mapsBy: (network: Network) => Promise<PicturesMaps>,
): Promise<MapsByDraw> {
  const maps: MapsByDraw = Object.fromEntries([...trained].map(([method, [own]]) => [method, [own]]));
  for (let draw = 0; draw < draws; draw++) {
    const network = build(all, seed + draw);
    try {
      for (const [method, [own]] of await mapsBy(network)) maps[method]?.push(own);
    } finally {
      network.dispose();
    }
  }
  return maps;
}
