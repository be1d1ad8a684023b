import type { FigureTheme } from './theme';

/** For the few final signs a decision rests on, greatest first; apart from each other in every kind of colour vision. */
const palettes: Record<FigureTheme['name'], readonly string[]> = {
  light: ['#2b6a9f', '#c68a2a', '#1f9179', '#9c4f8c', '#7d95d6'],
  dark: ['#6fa9d8', '#d6a24c', '#4fb99f', '#c781b8', '#8f92e8'],
};

/** All final signs behind those. */
const further: Record<FigureTheme['name'], string> = { light: '#4c4f57', dark: '#c3c2c6' };

/** How many final signs have a colour of their own. */
export const OWN_COLOURS = palettes.light.length;

/** The colour of the final sign of this rank, 0 for the greatest; grey below 0, for what ends in none. */
export function signColour(theme: FigureTheme, rank: number): string {
  if (rank < 0) return theme.grey;
  return palettes[theme.name][rank] ?? further[theme.name];
}

/** For every id in the last layer its rank by mass. */
export function rootRanks(signs: readonly { readonly id: number; readonly share: number }[]): number[] {
  const ranks: number[] = [];
  [...signs]
    .sort((a, b) => b.share - a.share || a.id - b.id)
    .forEach(({ id }, rank) => {
      ranks[id] = rank;
    });
  return ranks;
}
