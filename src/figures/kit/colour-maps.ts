import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolateViridis,
} from 'd3-scale-chromatic';

/** Perceptually ordered colour maps only: a rainbow draws edges where the saliency has none. */
export const colourMaps = {
  viridis: 'Viridis',
  inferno: 'Inferno',
  cividis: 'Cividis',
  magma: 'Magma',
  grey: 'Grey',
} as const;

export type ColourMapId = keyof typeof colourMaps;

const STEPS = 256;

const interpolators: Record<ColourMapId, (t: number) => readonly [number, number, number]> = {
  viridis: (t) => parseColour(interpolateViridis(t)),
  inferno: (t) => parseColour(interpolateInferno(t)),
  cividis: (t) => parseColour(interpolateCividis(t)),
  magma: (t) => parseColour(interpolateMagma(t)),
  grey: greyOfLightness,
};

const tables = new Map<ColourMapId, Uint8ClampedArray>();

/** The map's 256 colours, RGB bytes one after another (768 bytes), cached. */
export function colourTable(id: ColourMapId): Uint8ClampedArray {
  let table = tables.get(id);
  if (!table) {
    table = new Uint8ClampedArray(STEPS * 3);
    for (let step = 0; step < STEPS; step++) table.set(interpolators[id](step / (STEPS - 1)), step * 3);
    tables.set(id, table);
  }
  return table;
}

/** The colour at `t` in [0, 1], as CSS takes it. */
export function colourAt(id: ColourMapId, t: number): string {
  const table = colourTable(id);
  const at = Math.round(Math.min(1, Math.max(0, t)) * (STEPS - 1)) * 3;
  return `rgb(${table[at]}, ${table[at + 1]}, ${table[at + 2]})`;
}

/** d3 answers with '#rrggbb' for some ramps and 'rgb(r, g, b)' for others. */
function parseColour(text: string): readonly [number, number, number] {
  if (text.startsWith('#')) {
    const bits = Number.parseInt(text.slice(1), 16);
    return [bits >> 16, (bits >> 8) & 255, bits & 255];
  }
  const [r, g, b] = text.match(/[\d.]+/g)!.map(Number);
  return [r, g, b];
}

/** Grey whose CIE L* rises linearly from 0 to 100, so that equal steps of saliency look equal. */
function greyOfLightness(t: number): readonly [number, number, number] {
  const lightness = t * 100;
  const luminance = lightness > 8 ? ((lightness + 16) / 116) ** 3 : lightness / 903.3;
  const encoded = luminance <= 0.0031308 ? 12.92 * luminance : 1.055 * luminance ** (1 / 2.4) - 0.055;
  const level = Math.round(encoded * 255);
  return [level, level, level];
}
