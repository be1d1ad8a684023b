import type { RegionMask } from '../../../semiotics';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';
import { areaOf, maskInText, maskOfText, movedMask, onGrid } from './mask-region';

/** A place in the picture, as shares of its width and height. */
export type Place = readonly [x: number, y: number];

/** A region of the picture by its corners: a box by two, or an outline of at least three. */
export interface CornerShape {
  readonly kind: 'box' | 'outline';
  readonly corners: readonly Place[];
}

/** A region of the picture: by its corners, or pixel by pixel as a mask has it. */
export type RegionShape = CornerShape | { readonly kind: 'mask'; readonly mask: RegionMask };

/** An outline in the address has at most so many corners. */
const MOST_CORNERS = 80;

const text = (share: number) => String(Math.round(Math.max(0, Math.min(1, share)) * 1000) / 1000);

/** "0.1,0.2,0.6,0.8" for a box, "0.1,0.2;0.5,0.1;0.4,0.6" for an outline, "mask,4x2,3.2.3" for a mask. */
export function regionInText(shape: RegionShape): string {
  if (shape.kind === 'mask') return maskInText(shape.mask);
  const { kind, corners } = shape;
  if (kind === 'outline') return corners.map((corner) => corner.map(text).join(',')).join(';');
  const [[x0, y0], [x1, y1]] = corners;
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)].map(text).join(',');
}

/** The region a text stands for; null for any other text, and for what has no area. */
export function regionOf(written: string): RegionShape | null {
  const mask = maskOfText(written);
  if (mask) return { kind: 'mask', mask };
  const number = String.raw`(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?)`;
  if (new RegExp(`^${number}(?:,${number}){3}$`).test(written)) {
    const [x0, y0, x1, y1] = written.split(',').map(Number);
    return x1 > x0 && y1 > y0
      ? {
          kind: 'box',
          corners: [
            [x0, y0],
            [x1, y1],
          ],
        }
      : null;
  }
  if (!new RegExp(`^${number},${number}(?:;${number},${number}){2,}$`).test(written)) return null;
  const corners = written.split(';').map((corner) => corner.split(',').map(Number) as unknown as Place);
  return corners.length <= MOST_CORNERS ? { kind: 'outline', corners } : null;
}

/** An outline with fewer corners where a hand has drawn more than an address holds. */
export function outlineOf(drawn: readonly Place[]): CornerShape | null {
  const step = Math.max(1, Math.ceil(drawn.length / MOST_CORNERS));
  const corners = drawn.filter((_, i) => i % step === 0);
  const made = regionOf(regionInText({ kind: 'outline', corners }));
  return made?.kind === 'outline' ? made : null;
}

/** All its corners, a box's four included. */
export function cornersOf({ kind, corners }: CornerShape): readonly Place[] {
  if (kind === 'outline') return corners;
  const [[x0, y0], [x1, y1]] = corners;
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

/** Moved, and as far as its other corners go made larger, without leaving the picture. A mask is moved by whole pixels and stays as large as it is. */
export function movedRegion(shape: RegionShape, dx: number, dy: number, grow = 0): RegionShape {
  if (shape.kind === 'mask') {
    const { mask } = shape;
    const cells = (by: number, size: number) => Math.sign(by) * Math.max(1, Math.round(Math.abs(by) * size));
    return { ...shape, mask: movedMask(mask, cells(dx, mask.width), cells(dy, mask.height)) };
  }
  const all = cornersOf(shape);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const factor = (size: number) => Math.max(0.02, Math.min(1, size + grow)) / size;
  const [fx, fy] = [factor(right - left), factor(bottom - top)];
  const place = (low: number, size: number, by: number) => Math.max(0, Math.min(1 - size, low + by));
  const [width, height] = [(right - left) * fx, (bottom - top) * fy];
  const [x0, y0] = [
    place(left, width, dx - (width - (right - left)) / 2),
    place(top, height, dy - (height - (bottom - top)) / 2),
  ];
  return {
    ...shape,
    corners: shape.corners.map(([x, y]): Place => [x0 + (x - left) * fx, y0 + (y - top) * fy]),
  };
}

/** The pixels of a grid whose middles lie inside, by the even-odd rule. */
export function maskOf(shape: RegionShape, { width, height }: { width: number; height: number }): RegionMask {
  if (shape.kind === 'mask') return onGrid(shape.mask, { width, height });
  const corners = cornersOf(shape);
  const inside = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const y = (row + 0.5) / height;
    const crossings = corners
      .flatMap(([x0, y0], i) => {
        const [x1, y1] = corners[(i + 1) % corners.length];
        return y0 <= y !== y1 <= y ? [x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)] : [];
      })
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i] * width - 0.5));
      const to = Math.min(width, Math.ceil(crossings[i + 1] * width - 0.5));
      if (to > from) inside.fill(1, row * width + from, row * width + to);
    }
  }
  return { width, height, inside };
}

/** The border of a region over a picture of this size, as the data of an SVG path; of a mask along the edges of its pixels. */
export function borderOf(shape: RegionShape, { width, height }: { width: number; height: number }): string {
  if (shape.kind !== 'mask') return pathThrough(cornersOf(shape), { width, height });
  const { mask } = shape;
  const [wide, high] = [width / mask.width, height / mask.height];
  const at = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask.inside[y * mask.width + x] === 1;
  const place = (x: number, y: number) => `${round(x * wide)} ${round(y * high)}`;
  const edges: string[] = [];
  for (let y = 0; y <= mask.height; y++)
    for (let x = 0; x <= mask.width; x++) {
      if (at(x, y) !== at(x, y - 1)) edges.push(`M${place(x, y)}L${place(x + 1, y)}`);
      if (at(x, y) !== at(x - 1, y)) edges.push(`M${place(x, y)}L${place(x, y + 1)}`);
    }
  return edges.join('');
}

/** A closed line through places of a picture of this size. */
export const pathThrough = (
  corners: readonly Place[],
  { width, height }: { width: number; height: number },
) => `M${corners.map(([x, y]) => `${round(x * width)} ${round(y * height)}`).join('L')}Z`;

const round = (pixels: number) => Math.round(pixels * 100) / 100;

/** What a region is called where it is read: its numbers, and of a mask how large it is. */
export function regionInWords(written: string): string {
  const shape = regionOf(written);
  if (shape?.kind !== 'mask') return written;
  const { mask } = shape;
  return say('a mask of {width} × {height}, {mask} of the picture', {
    width: mask.width,
    height: mask.height,
    mask: percent(areaOf(mask)),
  });
}
