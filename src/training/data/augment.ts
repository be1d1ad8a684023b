import type { Random } from '../../semiotics';
import type { Augmentation } from '../training-methods';

/** How one picture is changed. */
interface Change {
  mirrored: boolean;
  /** Pixels. */
  shift: [number, number];
  scale: number;
  brightness: number;
  contrast: number;
  saturation: number;
}

/** Every number is drawn whether it is used or not, so that one setting never changes the draws of another. */
function drawChange(random: Random, { mirror, shift, scale, colour }: Augmentation, side: number): Change {
  const between = (most: number) => (2 * random.next() - 1) * most;
  return {
    mirrored: random.next() < 0.5 && mirror,
    shift: [between(shift) * side, between(shift) * side],
    scale: 1 + between(scale),
    brightness: 1 + between(colour),
    contrast: 1 + between(colour),
    saturation: 1 + between(colour),
  };
}

/** Which two columns (or rows) of the picture a column of the result lies between, and how near to the second. */
interface Taps {
  first: Int32Array;
  second: Int32Array;
  share: Float32Array;
}

/** Beyond the edge the edge goes on. */
function tapsOf(side: number, shift: number, scale: number, mirrored: boolean): Taps {
  const taps = { first: new Int32Array(side), second: new Int32Array(side), share: new Float32Array(side) };
  const centre = (side - 1) / 2;
  for (let i = 0; i < side; i++) {
    const at = (mirrored ? side - 1 - i : i) - centre - shift;
    const place = Math.min(side - 1, Math.max(0, at / scale + centre));
    taps.first[i] = Math.floor(place);
    taps.second[i] = Math.min(side - 1, taps.first[i] + 1);
    taps.share[i] = place - taps.first[i];
  }
  return taps;
}

/**
 * Pictures as the network reads them, `value / 127.5 - 1`, each changed by chance: mirrored, moved and scaled about its centre by
 * bilinear resampling, then its brightness, contrast (about its mean luma) and saturation (about each pixel's luma), as in
 * torchvision's `ColorJitter`, and clipped to what a picture can hold.
 * @param pixels n x side x side x 3 bytes
 * @param augmentation null for pictures as they are
 */
export function networkInput(
  pixels: Uint8Array,
  side: number,
  augmentation: Augmentation | null,
  random: Random,
): Float32Array {
  const values = new Float32Array(pixels.length);
  const size = side * side * 3;
  for (let start = 0; start < pixels.length; start += size) {
    const picture = pixels.subarray(start, start + size);
    const out = values.subarray(start, start + size);
    const change = augmentation ? drawChange(random, augmentation, side) : null;
    if (change) {
      resample(picture, out, side, change);
      recolour(out, change);
    } else {
      out.set(picture);
    }
    for (let i = 0; i < size; i++) out[i] = out[i] / 127.5 - 1;
  }
  return values;
}

function resample(picture: Uint8Array, out: Float32Array, side: number, change: Change): void {
  const { shift, scale, mirrored } = change;
  if (shift[0] === 0 && shift[1] === 0 && scale === 1 && !mirrored) {
    out.set(picture);
    return;
  }
  const columns = tapsOf(side, shift[0], scale, mirrored);
  const rows = tapsOf(side, shift[1], scale, false);
  let at = 0;
  for (let y = 0; y < side; y++) {
    const upper = rows.first[y] * side;
    const lower = rows.second[y] * side;
    const down = rows.share[y];
    for (let x = 0; x < side; x++) {
      const right = columns.share[x];
      const a = (upper + columns.first[x]) * 3;
      const b = (upper + columns.second[x]) * 3;
      const c = (lower + columns.first[x]) * 3;
      const d = (lower + columns.second[x]) * 3;
      for (let k = 0; k < 3; k++) {
        const top = picture[a + k] + (picture[b + k] - picture[a + k]) * right;
        const bottom = picture[c + k] + (picture[d + k] - picture[c + k]) * right;
        out[at++] = top + (bottom - top) * down;
      }
    }
  }
}

const lumaOf = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b;

function recolour(values: Float32Array, { brightness, contrast, saturation }: Change): void {
  if (brightness === 1 && contrast === 1 && saturation === 1) return;
  let mean = 0;
  for (let i = 0; i < values.length; i += 3) mean += lumaOf(values[i], values[i + 1], values[i + 2]);
  mean *= (3 / values.length) * brightness;
  for (let i = 0; i < values.length; i += 3) {
    const luma = lumaOf(values[i], values[i + 1], values[i + 2]);
    for (let k = i; k < i + 3; k++) {
      const saturated = (luma + (values[k] - luma) * saturation) * brightness;
      values[k] = Math.min(255, Math.max(0, mean + (saturated - mean) * contrast));
    }
  }
}
