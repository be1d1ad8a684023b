import { canvasFont, type FontWeight, wrapText } from './chart-text';
import type { FigureTheme } from './figure-theme';
import type { Context2D } from './figure-types';

export const CAPTION_SIZE = 11;
export const CAPTION_LINE = 15;
/** Space above a caption. */
export const CAPTION_GAP = 10;

export interface TextStyle {
  readonly size: number;
  readonly colour: string;
  readonly weight?: FontWeight;
  readonly align?: CanvasTextAlign;
}

/** Writes one line with its baseline at `y`. */
export function drawText(
  ctx: Context2D,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
  theme: FigureTheme,
): void {
  ctx.font = canvasFont(theme.font, style.size, style.weight);
  ctx.fillStyle = style.colour;
  ctx.textAlign = style.align ?? 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillText(text, x, y);
}

/** The lines of a caption so wide; none without one. */
export const linesOfCaption = (caption: string | undefined, width: number): string[] =>
  caption ? wrapText(caption, width, CAPTION_SIZE) : [];

/** Height in pixels of so many lines of a caption, the gap above them included; 0 without any. */
export const heightOfLines = (lines: number): number => (lines > 0 ? CAPTION_GAP + lines * CAPTION_LINE : 0);

/** Height in pixels of a caption block, its gap included; 0 without a caption. */
export const captionHeight = (caption: string | undefined, width: number): number =>
  heightOfLines(linesOfCaption(caption, width).length);

/** Writes a word-wrapped caption whose block begins at `y`. */
export function drawCaption(
  ctx: Context2D,
  caption: string,
  x: number,
  y: number,
  width: number,
  theme: FigureTheme,
): void {
  linesOfCaption(caption, width).forEach((line, i) => {
    const baseline = y + CAPTION_GAP + i * CAPTION_LINE + CAPTION_SIZE;
    drawText(ctx, line, x, baseline, { size: CAPTION_SIZE, colour: theme.soft }, theme);
  });
}
