import { describe, expect, it } from 'vitest';
import { figureThemes, themesOfContrast } from './figure-theme';

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const level = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe('contrast', () => {
  it('is measured as WCAG measures it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    // 4.54:1, the textbook grey that just passes on white.
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  for (const theme of Object.values(figureThemes)) {
    for (const ground of ['paper', 'panel', 'accentSoft'] as const) {
      it.each(['ink', 'soft', 'faint', 'accent', 'blue', 'amberInk'] as const)(
        `of %s on ${ground}, ${theme.name}, is AA for text`,
        (token) => {
          expect(contrast(theme[token], theme[ground])).toBeGreaterThanOrEqual(4.5);
        },
      );
    }

    it(`of the null line on paper, ${theme.name}, is AA for graphics`, () => {
      expect(contrast(theme.nullLine, theme.paper)).toBeGreaterThanOrEqual(3);
      expect(contrast(theme.accent, theme.paper)).toBeGreaterThanOrEqual(3);
    });
  }

  for (const theme of Object.values(themesOfContrast)) {
    for (const ground of ['paper', 'panel', 'accentSoft'] as const) {
      it.each(['ink', 'soft', 'faint', 'accent', 'blue', 'amberInk'] as const)(
        `of %s on ${ground}, ${theme.name} of more contrast, is AAA for text`,
        (token) => {
          expect(contrast(theme[token], theme[ground])).toBeGreaterThanOrEqual(7);
        },
      );
    }

    it(`of lines on paper, ${theme.name} of more contrast, is more than AA for graphics`, () => {
      expect(contrast(theme.nullLine, theme.paper)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(theme.rule, theme.paper)).toBeGreaterThanOrEqual(3);
    });
  }
});
