/** Speeds of playback; at 1 a layer stays for half a second. */
export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

const layersPerSecond = 2;

/** How much slower than average the animation passes a layer: enough to see it, too little to stop there. */
const lingering = 0.75;

/** The place between the layers at a time counted in layers: on a layer when the time is whole, slower near it. */
export function placeAt(time: number): number {
  // The sine of a share of a turn, not of many turns: at a whole time it is 0, and the place the layer exactly.
  return time - (lingering * Math.sin(2 * Math.PI * (time % 1))) / (2 * Math.PI);
}

/** The time at which the animation is at a place: the inverse of `placeAt`, by bisection. */
export function timeOf(place: number): number {
  let [low, high] = [Math.floor(place), Math.ceil(place)];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (placeAt(middle) < place) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A frame bears the time at which it was begun, which may lie before the press that set the player going. */
const sinceStart = (elapsed: number) => Math.max(0, elapsed) / 1000;

/** Where the animation stands `elapsed` milliseconds after it set out from `start`; never past the last layer. */
export function positionAt(start: number, count: number, elapsed: number, speed: Speed): number {
  return placeAt(Math.min(count - 1, timeOf(start) + sinceStart(elapsed) * layersPerSecond * speed));
}

/** Of a film through all layers, in seconds: how long it stays on the first and on the last, and takes for a layer in between. */
const film = { first: 0.8, last: 1.6, layer: 0.6, longest: 60 };

/** Length of the film through so many layers, in seconds. */
export const filmLength = (count: number) => film.first + film.last + stepsOf(count) * stepTime(count);

/** Where the film stands after so many seconds. */
export function filmPosition(count: number, seconds: number): number {
  const steps = (seconds - film.first) / stepTime(count);
  return placeAt(Math.max(0, Math.min(stepsOf(count), steps)));
}

const stepsOf = (count: number) => Math.max(0, count - 1);

/** A film through 150 layers is not watched for minutes. */
const stepTime = (count: number) => Math.min(film.layer, film.longest / Math.max(1, stepsOf(count)));

/** How long a position let go between two layers takes to the nearest, in milliseconds. */
const settlingTime = 220;

/** Where a position that was let go at `from` stands `elapsed` milliseconds later, slowing down towards a layer: the nearest unless given. */
export function settledAt(from: number, elapsed: number, to = Math.round(from)): number {
  const left = Math.max(0, 1 - elapsed / settlingTime);
  return left === 0 ? to : to + (from - to) * left ** 3;
}

/** For who asks for less motion: the layer to be shown `elapsed` milliseconds after playback began at `start`; never past the last. */
export function layerAt(start: number, count: number, elapsed: number, speed: Speed): number {
  return Math.min(count - 1, start + Math.floor(sinceStart(elapsed) * layersPerSecond * speed));
}

/** Where playback begins: on, or from the first layer when it had come to the end. */
export const startOf = (position: number, count: number) => (position >= count - 1 ? 0 : position);

/** What a key does to the selected layer; null when it is none of the player's keys. */
export function layerForKey(key: string, layer: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(count - 1, layer + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, layer - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
