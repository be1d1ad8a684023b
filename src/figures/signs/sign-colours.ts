import type { FigureTheme } from '../kit/figure-theme';

/** For the few final signs a decision rests on, greatest first; apart from each other in every kind of colour vision. */
const palettes: Record<FigureTheme['name'], readonly string[]> = {
  light: ['#2b6a9f', '#c68a2a', '#519b92', '#894e67', '#9e79df'],
  dark: ['#6fa9d8', '#d6a24c', '#148c57', '#986fa2', '#7c7de1'],
};

/** All final signs behind those. */
const further: Record<FigureTheme['name'], string> = { light: '#3f4148', dark: '#d6d5da' };

/** Every colour that a sign can have. */
export const allSignColours = (theme: FigureTheme): readonly string[] => [
  ...palettes[theme.name],
  further[theme.name],
  theme.grey,
];

/** How many final signs have a colour of their own. */
export const OWN_COLOURS = palettes.light.length;

/** The colour of the final sign of this rank, 0 for the greatest; grey below 0, for what ends in none. */
export function signColour(theme: FigureTheme, rank: number): string {
  if (rank < 0) return theme.grey;
  return palettes[theme.name][rank] ?? further[theme.name];
}

/** For every id its rank by mass among the signs of a layer, 0 for the greatest. */
export function rootRanks(signs: readonly { readonly id: number; readonly share: number }[]): number[] {
  const ranks: number[] = [];
  [...signs]
    .sort((a, b) => b.share - a.share || a.id - b.id)
    .forEach(({ id }, rank) => {
      ranks[id] = rank;
    });
  return ranks;
}
