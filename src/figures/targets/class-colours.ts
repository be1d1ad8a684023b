import type { FigureTheme } from '../kit/figure-theme';
import { OWN_COLOURS, signColour } from '../signs/sign-colours';

/** Degrees between the hues of successive ranks: the golden angle, by which no two of a few come near each other. */
const TURN = 137.508;

/** The colour of a class by its rank: those of signs for the first, then hues apart from each other. */
export function classColour(theme: FigureTheme, rank: number): string {
  if (rank < OWN_COLOURS) return signColour(theme, rank);
  const lightness = theme.name === 'light' ? 42 : 64;
  return `hsl(${Math.round((rank * TURN) % 360)} 45% ${lightness}%)`;
}
