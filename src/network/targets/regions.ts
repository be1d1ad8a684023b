import { TargetError } from './target';

/** The class that a network gives to every place of its map, row by row; -1 where it gives none. */
export interface PlaceClasses {
  readonly width: number;
  readonly height: number;
  readonly classes: Int16Array;
}

/** Places of one class that hang together by their sides. */
export interface PlaceRegion {
  readonly index: number;
  /** Its first place, in reading order, as column and row. */
  readonly place: readonly [number, number];
  /** How many places it has. */
  readonly places: number;
}

/**
 * The class with the highest number at every place. One channel alone says where something is: its logit is above 0 there.
 * @param map [h, w, c] row by row
 */
export function classesOfPlaces(
  map: ArrayLike<number>,
  [height, width, channels]: readonly number[],
): PlaceClasses {
  const classes = new Int16Array(height * width);
  for (let at = 0; at < classes.length; at++) {
    if (channels === 1) {
      classes[at] = map[at] > 0 ? 0 : -1;
      continue;
    }
    let best = 0;
    for (let k = 1; k < channels; k++) if (map[at * channels + k] > map[at * channels + best]) best = k;
    classes[at] = best;
  }
  return { width, height, classes };
}

/** All regions, the largest first. */
export function regionsOf(found: PlaceClasses): PlaceRegion[] {
  const { width, classes } = found;
  const seen = new Uint8Array(classes.length);
  const regions: PlaceRegion[] = [];
  for (let at = 0; at < classes.length; at++) {
    if (seen[at] || classes[at] < 0) continue;
    const places = connected(found, at, seen);
    regions.push({
      index: classes[at],
      place: [at % width, Math.floor(at / width)],
      places: places.length,
    });
  }
  return regions.sort((a, b) => b.places - a.places);
}

/**
 * The places, by their numbers, that are of the class of this one and hang together with it.
 * @throws TargetError for a place that the map does not have, or that is of no class
 */
export function regionAt(found: PlaceClasses, [column, row]: readonly [number, number]): number[] {
  const { width, height, classes } = found;
  if (!(column >= 0 && column < width && row >= 0 && row < height)) {
    throw new TargetError(
      `There is no place at column ${column}, row ${row}: the network's map has ${width} × ${height}. Choose a region of the picture.`,
    );
  }
  const at = row * width + column;
  if (classes[at] < 0) {
    throw new TargetError(
      `The network sees nothing at column ${column}, row ${row} of its map. Choose a region of the picture.`,
    );
  }
  return connected(found, at, new Uint8Array(classes.length));
}

/** All places of a class, by their numbers. */
export const placesOf = ({ classes }: PlaceClasses, index: number): number[] =>
  Array.from(classes.keys()).filter((at) => classes[at] === index);

/** The class of the most places; null where no place is of any. */
export function largestClass({ classes }: PlaceClasses): number | null {
  const counts = new Map<number, number>();
  for (const index of classes) if (index >= 0) counts.set(index, (counts.get(index) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null;
}

function connected({ width, height, classes }: PlaceClasses, start: number, seen: Uint8Array): number[] {
  const places = [start];
  seen[start] = 1;
  const visit = (at: number) => {
    if (seen[at] || classes[at] !== classes[start]) return;
    seen[at] = 1;
    places.push(at);
  };
  for (let next = 0; next < places.length; next++) {
    const at = places[next];
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return places;
}
