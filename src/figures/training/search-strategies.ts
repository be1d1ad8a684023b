import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';
import type { FigureTheme } from '../kit/figure-theme';

/** How a search chooses the next block: the method itself comes first, its controls follow. */
export interface SearchStrategy {
  readonly id: string;
  readonly title: string;
}

const shapes: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  symbolWye,
];

/** Colour of the strategy at this place; the method itself in the accent. Those of equal colours have marks of their own. */
export const strategyColour = (place: number, theme: FigureTheme): string =>
  [theme.accent, theme.blue, theme.amberInk, theme.soft, theme.ink, theme.blue, theme.amberInk][
    place % shapes.length
  ];

/** Outline of the mark of the strategy at this place, about the origin; `area` in square pixels. */
export const strategyMark = (place: number, area: number): string =>
  symbol(shapes[place % shapes.length], area)() ?? '';
