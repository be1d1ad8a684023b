import { describe, expect, test } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { OWN_COLOURS, rootRanks, signColour } from './sign-colours';

type Triple = [number, number, number];

const linear = (hex: string): Triple =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
const times = (matrix: number[][], vector: Triple): Triple =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0)) as Triple;

/** Linear RGB as seen with one kind of cones missing (Machado, Oliveira and Fernandes 2009, severity 1). */
const visions: Record<string, number[][]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab (Ottosson 2020). */
function oklab(rgb: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}
const distance = (a: Triple, b: Triple) => Math.hypot(...a.map((value, i) => value - b[i]));

describe.each(Object.values(figureThemes))('$name', (theme) => {
  const colours = Array.from({ length: OWN_COLOURS + 2 }, (_, i) => signColour(theme, i - 1));
  test('every rank has its colour, all behind the palette share one', () => {
    expect(new Set(colours).size).toBe(OWN_COLOURS + 2);
    expect(colours[0]).toBe(theme.grey);
    expect(signColour(theme, OWN_COLOURS + 5)).toBe(colours.at(-1));
  });
  test.each(Object.keys(visions))('colours are told apart in %s vision', (vision) => {
    const seen = colours.map((hex) => oklab(times(visions[vision], linear(hex))));
    let least = Number.POSITIVE_INFINITY;
    let pair = '';
    seen.forEach((a, i) => {
      seen.slice(0, i).forEach((b, j) => {
        if (distance(a, b) < least) [least, pair] = [distance(a, b), `${colours[j]} ${colours[i]}`];
      });
    });
    // A just noticeable difference is about 0.02.
    expect(least, pair).toBeGreaterThan(0.07);
  });
  test('bodies stand out from the paper', () => {
    for (const hex of colours)
      expect(distance(oklab(linear(hex)), oklab(linear(theme.paper)))).toBeGreaterThan(0.18);
  });
});

test('ranks go by mass, then by id', () => {
  const signs = [0.1, 0.5, 0.1, 0.2].map((share, id) => ({ id, share }));
  expect(rootRanks(signs)).toEqual([2, 0, 3, 1]);
});
