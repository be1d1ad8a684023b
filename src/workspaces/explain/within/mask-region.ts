import type { RegionMask } from '../../../semiotics';

/** Rows and columns that a mask in an address has at most. */
const MOST_SIDE = 512;
/** Letters that a mask in an address has at most; finer ones are made coarser. */
const MOST_LETTERS = 6000;

/** How long the stretches outside and inside are, in turn, row by row, the first outside: in base 36. */
const runsInText = ({ inside }: RegionMask): string => {
  const runs: number[] = [];
  let from = 0;
  for (let i = 0, now = 0; i <= inside.length; i++) {
    if (i < inside.length && inside[i] === now) continue;
    runs.push(i - from);
    from = i;
    now = 1 - now;
  }
  return runs.map((run) => run.toString(36)).join('.');
};

const exact = (mask: RegionMask) => `mask,${mask.width}x${mask.height},${runsInText(mask)}`;

/**
 * A mask as an address holds it: "mask,4x2,3.2.3" for two pixels inside. A mask that would be longer than an address should be is kept on half
 * as many rows and columns, again until it fits.
 */
export function maskInText(mask: RegionMask): string {
  const text = exact(mask);
  const fits = text.length <= MOST_LETTERS && Math.max(mask.width, mask.height) <= MOST_SIDE;
  return fits ? text : maskInText(halved(mask));
}

/** The mask a text stands for; null for any other text, and for one with nothing inside. */
export function maskOfText(text: string): RegionMask | null {
  const [, columns, rows, runs] = /^mask,(\d{1,3})x(\d{1,3}),([\da-z]+(?:\.[\da-z]+)*)$/.exec(text) ?? [];
  const [width, height] = [Number(columns), Number(rows)];
  if (!runs || !(width > 0) || !(height > 0) || Math.max(width, height) > MOST_SIDE) return null;
  const inside = new Uint8Array(width * height);
  let at = 0;
  for (const [i, run] of runs.split('.').entries()) {
    const to = at + Number.parseInt(run, 36);
    if (to > inside.length) return null;
    if (i % 2 === 1) inside.fill(1, at, to);
    at = to;
  }
  return at === inside.length && inside.includes(1) ? { width, height, inside } : null;
}

const halved = (mask: RegionMask): RegionMask =>
  onGrid(mask, { width: Math.ceil(mask.width / 2), height: Math.ceil(mask.height / 2) });

/** A mask on another grid: inside is where at least half of a pixel's area is. */
export function onGrid(mask: RegionMask, { width, height }: { width: number; height: number }): RegionMask {
  if (mask.width === width && mask.height === height) return mask;
  const columns = coverage(mask.width, width);
  const rows = coverage(mask.height, height);
  const inside = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let area = 0;
      for (const [row, high] of rows[y])
        for (const [column, wide] of columns[x]) area += mask.inside[row * mask.width + column] * high * wide;
      // Sums of shares are off by a hair.
      if (area >= 0.5 - 1e-9) inside[y * width + x] = 1;
    }
  return { width, height, inside };
}

/** Of each new pixel along one axis the old ones that it covers, with the share of the new one that each is. */
function coverage(from: number, to: number): (readonly [at: number, share: number])[][] {
  const size = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * size, (i + 1) * size];
    const covered: [number, number][] = [];
    for (let at = Math.floor(start); at < Math.min(from, Math.ceil(end - 1e-9)); at++)
      covered.push([at, (Math.min(end, at + 1) - Math.max(start, at)) / size]);
    return covered;
  });
}

/** Moved by so many of its pixels, as far as it goes without leaving the picture. */
export function movedMask(mask: RegionMask, dx: number, dy: number): RegionMask {
  const { width, height, inside } = mask;
  const places = [...inside.entries()].flatMap(([i, one]) =>
    one ? [[i % width, Math.floor(i / width)]] : [],
  );
  const bounded = (by: number, of: readonly number[], size: number) =>
    Math.max(-least(of), Math.min(size - 1 - most(of), by));
  const x = bounded(
    dx,
    places.map(([column]) => column),
    width,
  );
  const y = bounded(
    dy,
    places.map(([, row]) => row),
    height,
  );
  const moved = new Uint8Array(inside.length);
  for (const [column, row] of places) moved[(row + y) * width + column + x] = 1;
  return { width, height, inside: moved };
}

const least = (values: readonly number[]) =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** Share of the picture that lies inside. */
export const areaOf = ({ inside }: RegionMask): number =>
  inside.reduce((sum, one) => sum + one, 0) / inside.length;
