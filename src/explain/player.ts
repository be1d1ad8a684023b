/** Speeds of playback; at 1 a layer stays for half a second. */
export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

const layersPerSecond = 2;

/** The layer to be shown `elapsed` milliseconds after playback began at `start`; never past the last. */
export function layerAt(start: number, count: number, elapsed: number, speed: Speed): number {
  return Math.min(count - 1, start + Math.floor((elapsed / 1000) * layersPerSecond * speed));
}

/** Where playback begins: on, or from the first layer when it had come to the end. */
export const firstLayer = (layer: number, count: number) => (layer >= count - 1 ? 0 : layer);

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
