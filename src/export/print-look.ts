import { smallestLetters } from '../figures';

/** How a figure is laid out for print. */
export interface PrintLook {
  /** Width in pixels of the figure, of which the smallest letters have ten. */
  width: number;
  /** Whether the caption stands below the figure. */
  caption: boolean;
}

/** A width that figures are printed at. */
export interface PrintSize {
  /** Centimetres. */
  width: number;
  /** Points that the smallest letters have at that width. */
  letters: number;
}

/** Usual widths: a column and the page of a journal, and a slide, which is read from afar. */
export const printSizes = {
  column: { title: 'Column, 8.5 cm', width: 8.5, letters: 7 },
  page: { title: 'Page, 17.8 cm', width: 17.8, letters: 7 },
  slide: { title: 'Slide, 30 cm', width: 30, letters: 14 },
} as const satisfies Record<string, PrintSize & { title: string }>;

/** Points of so many centimetres. */
export const pointsOf = (centimetres: number) => (centimetres / 2.54) * 72;

/** Points that a pixel of the figure has in print. */
export const pointsAPixel = ({ letters }: PrintSize) => letters / smallestLetters;

/** Width in pixels at which a figure is laid out, so that in print its smallest letters are as large as they are to be. */
export const layoutWidth = (size: PrintSize) => pointsOf(size.width) / pointsAPixel(size);
