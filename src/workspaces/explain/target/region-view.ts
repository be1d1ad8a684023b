import {
  type PlaceClasses,
  type PlaceRegion,
  placesOf,
  regionAt,
  regionsOf,
} from '../../../network/targets/regions';
import type { AnalyseResult } from '../../../saliency/analysis';
import { say } from '../../../text/say';

/** A class that is seen in the picture, with its regions, the largest first. */
export interface SeenClass {
  index: number;
  label: string;
  /** Share of all places. */
  share: number;
  regions: readonly (PlaceRegion & { share: number })[];
}

/** The classes that are seen, the largest first. */
export function seenClasses(places: PlaceClasses, labels: readonly string[]): SeenClass[] {
  const all = places.classes.length;
  const byClass = new Map<number, PlaceRegion[]>();
  for (const region of regionsOf(places)) {
    byClass.set(region.index, [...(byClass.get(region.index) ?? []), region]);
  }
  return [...byClass]
    .map(([index, regions]) => ({
      index,
      label: labels[index] ?? say('class {index}', { index }),
      share: regions.reduce((sum, region) => sum + region.places, 0) / all,
      regions: regions.map((region) => ({ ...region, share: region.places / all })),
    }))
    .sort((a, b) => b.share - a.share);
}

/** 1 at the places that are explained; null where the whole picture is. */
export function chosenPlaces({ places, target }: AnalyseResult): Uint8Array | null {
  if (!places || target.kind !== 'region' || target.index === null) return null;
  const chosen = new Uint8Array(places.classes.length);
  const inside = target.place ? regionAt(places, target.place) : placesOf(places, target.index);
  for (const at of inside) chosen[at] = 1;
  return chosen;
}
