/**
 * Colours of concepts, in the order in which they are given out: those of Okabe and Ito 2008 without black, and a dark red (wine, Tol
 * 2021) as the eighth. They lie over a grey picture, on light paper as on dark, and are apart in every kind of colour vision.
 */
export const conceptColours = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#cc79a7',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#882255',
] as const;

/** Red, green and blue of a concept's colour, 0..255. */
export function conceptBytes(number: number): readonly [number, number, number] {
  const bits = Number.parseInt(conceptColours[number].slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
}
