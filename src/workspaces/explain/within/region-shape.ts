import type { RegionMask } from '../../../semiotics';

/** A place in the picture, as shares of its width and height. */
export type Place = readonly [x: number, y: number];

/** A region of the picture: a box by two corners, or an outline of at least three. */
export interface RegionShape {
  readonly kind: 'box' | 'outline';
  readonly corners: readonly Place[];
}

/** An outline in the address has at most so many corners. */
const MOST_CORNERS = 80;

const text = (share: number) => String(Math.round(Math.max(0, Math.min(1, share)) * 1000) / 1000);

/** "0.1,0.2,0.6,0.8" for a box, "0.1,0.2;0.5,0.1;0.4,0.6" for an outline. */
export function regionInText({ kind, corners }: RegionShape): string {
  if (kind === 'outline') return corners.map((corner) => corner.map(text).join(',')).join(';');
  const [[x0, y0], [x1, y1]] = corners;
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)].map(text).join(',');
}

/** The region a text stands for; null for any other text, and for what has no area. */
export function regionOf(written: string): RegionShape | null {
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
export function outlineOf(drawn: readonly Place[]): RegionShape | null {
  const step = Math.max(1, Math.ceil(drawn.length / MOST_CORNERS));
  const corners = drawn.filter((_, i) => i % step === 0);
  return regionOf(regionInText({ kind: 'outline', corners }));
}

/** All its corners, a box's four included. */
export function cornersOf({ kind, corners }: RegionShape): readonly Place[] {
  if (kind === 'outline') return corners;
  const [[x0, y0], [x1, y1]] = corners;
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

/** Moved, and as far as its other corners go made larger, without leaving the picture. */
export function movedRegion(shape: RegionShape, dx: number, dy: number, grow = 0): RegionShape {
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
