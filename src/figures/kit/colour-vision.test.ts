import { describe, expect, it } from 'vitest';
import { conceptColours } from '../concepts/concept-colours';
import { allOutlineColours } from '../signs/outline-colours';
import { allSignColours } from '../signs/sign-colours';
import { bytesOf, colourVision, difference, lab } from '../testing/colour-vision';
import { type ColourMapId, colourMaps, colourTable } from './colour-maps';
import { figureThemes } from './figure-theme';

describe('lab', () => {
  it('is that of the CIE for white, black, and the primaries of sRGB', () => {
    for (const [colour, expected] of [
      ['#ffffff', [100, 0, 0]],
      ['#000000', [0, 0, 0]],
      ['#ff0000', [53.24, 80.09, 67.2]],
      ['#0000ff', [32.3, 79.19, -107.86]],
    ] as const) {
      lab(bytesOf(colour)).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 1);
      });
    }
  });

  it('leaves greys as they are in every kind of colour vision', () => {
    for (const vision of Object.values(colourVision)) {
      const [lightness, a, b] = lab(bytesOf('#808080'), vision);
      expect(lightness).toBeCloseTo(53.6, 0);
      expect(Math.hypot(a, b)).toBeLessThan(0.5);
    }
  });
});

/** Of ribbons and lines that touch; about 2 is the least that is noticed at all. */
const LEAST_APART = 10;

describe.each(Object.entries(colourVision))('with %s', (_, vision) => {
  it.each([
    ['signs, light', allSignColours(figureThemes.light)],
    ['signs, dark', allSignColours(figureThemes.dark)],
    ['outlines', allOutlineColours],
    ['concepts', conceptColours],
  ])('colours of %s can be told apart', (_what, colours) => {
    for (const [i, one] of colours.entries()) {
      for (const other of colours.slice(0, i)) {
        expect(difference(one, other, vision), `${one} and ${other}`).toBeGreaterThan(LEAST_APART);
      }
    }
  });

  it.each(['light', 'dark'] as const)('what is measured and its null are told apart, %s', (name) => {
    const { accent, blue, nullLine, paper, nullBand } = figureThemes[name];
    expect(difference(accent, nullLine, vision)).toBeGreaterThan(LEAST_APART);
    expect(difference(blue, nullLine, vision)).toBeGreaterThan(LEAST_APART);
    expect(difference(nullBand, nullLine, vision)).toBeGreaterThan(LEAST_APART);
    expect(difference(nullBand, paper, vision)).toBeGreaterThan(LEAST_APART / 2);
  });
});

describe('printed in grey', () => {
  it.each(Object.keys(colourMaps) as ColourMapId[])('%s rises from dark to light', (id) => {
    const table = colourTable(id);
    let before = -1;
    for (let at = 0; at < table.length; at += 3 * 8) {
      const [lightness] = lab([table[at], table[at + 1], table[at + 2]]);
      expect(lightness).toBeGreaterThan(before);
      before = lightness;
    }
    expect(before).toBeGreaterThan(85);
  });
});
