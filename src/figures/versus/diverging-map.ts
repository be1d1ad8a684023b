import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize, SaliencyGrid } from '../kit/figure-types';
import { heatLevels, type Interpolation } from '../saliency/heat-map';

/**
 * From the one end over zero, which is neutral, to the other: the five classes of ColorBrewer's RdBu (Brewer 2003), which readers without red, green or
 * blue cones tell apart; on dark paper the same hues, neutral where the paper is dark and light at the ends.
 */
const anchors: Record<FigureTheme['name'], readonly string[]> = {
  light: ['#0571b0', '#92c5de', '#f7f7f7', '#f4a582', '#ca0020'],
  dark: ['#b7def6', '#3585bd', '#26262a', '#c65444', '#ffc3ae'],
};

/** Colours on either side of zero. */
const STEPS = 255;

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** The colour at `t`, -1 to 1: RGB bytes; less than zero is the second's, more is the first's. */
export function divergingColour(theme: FigureTheme, t: number): [number, number, number] {
  const colours = anchors[theme.name];
  const at = ((Math.max(-1, Math.min(1, t)) + 1) / 2) * (colours.length - 1);
  const below = Math.min(colours.length - 2, Math.floor(at));
  const [from, to] = [channels(colours[below]), channels(colours[below + 1])];
  const mixed = from.map((value, i) => Math.round(value + (to[i] - value) * (at - below)));
  return mixed as [number, number, number];
}

/** The same as CSS takes it. */
export const divergingAt = (theme: FigureTheme, t: number) => `rgb(${divergingColour(theme, t).join(', ')})`;

const tables = new Map<FigureTheme['name'], Uint8ClampedArray>();

function tableOf(theme: FigureTheme): Uint8ClampedArray {
  let table = tables.get(theme.name);
  if (!table) {
    table = new Uint8ClampedArray((2 * STEPS + 1) * 3);
    for (let i = 0; i <= 2 * STEPS; i++) table.set(divergingColour(theme, i / STEPS - 1), i * 3);
    tables.set(theme.name, table);
  }
  return table;
}

/**
 * Colours a signed map at another size, zero in the middle of the colours. Opaque RGBA, height x width x 4.
 * @param extent what the last colour stands for; the first stands for minus that
 */
export function divergingPixels(
  map: SaliencyGrid,
  size: FigureSize,
  { extent, interpolation, theme }: { extent: number; interpolation: Interpolation; theme: FigureTheme },
): Uint8ClampedArray {
  const table = tableOf(theme);
  // From half a step to 255 and a half, zero at 128.
  const levels = heatLevels(map, size, { lo: -extent, hi: extent, interpolation });
  const pixels = new Uint8ClampedArray(levels.length * 4);
  levels.forEach((level, i) => {
    const t = extent > 0 ? (level - 128) / 127.5 : 0;
    const step = Math.round(Math.max(-1, Math.min(1, t)) * STEPS) + STEPS;
    pixels.set(table.subarray(step * 3, step * 3 + 3), i * 4);
    pixels[i * 4 + 3] = 255;
  });
  return pixels;
}
