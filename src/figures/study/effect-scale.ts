import { scaleLinear } from 'd3-scale';
import type { FigureTheme } from '../kit/figure-theme';
import { appendText, round, type SvgGroup } from '../kit/svg-nodes';

/** Size of the letters of a legend. */
const SMALL = 10;
const SWATCH = 26;
const LINE = 13;
/** Share of a cell that a square takes where nothing is beyond chance. */
export const SMALL_SQUARE = 0.36;
/** Height of a scale with its lines of words. */
export const effectScaleHeight = (lines: number): number => 27 + lines * LINE;

/** Colour of an effect, from nothing to `full`, red below 0 and blue above; `most` is the share of the colour that the fullest has. */
export function effectColour(
  effect: number,
  { full, most = 1 }: { full: number; most?: number },
  theme: FigureTheme,
): string {
  const strength = most * Math.min(1, Math.abs(effect) / full) ** 0.7;
  return scaleLinear<string>().range([theme.rule, effect < 0 ? theme.accent : theme.blue])(strength);
}

/** A square in the middle of its cell, of this share of its width and height. */
export const appendEffectSquare = (
  group: SvgGroup,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  share: number,
  colour: string,
) =>
  group
    .append('rect')
    .attr('x', round(x + (width * (1 - share)) / 2))
    .attr('y', round(y + (height * (1 - share)) / 2))
    .attr('width', round(width * share))
    .attr('height', round(height * share))
    .attr('fill', colour);

/** Swatches of these effects with their numbers below, and what they stand for. */
export function appendEffectScale(
  group: SvgGroup,
  steps: readonly number[],
  { left, top, lines }: { left: number; top: number; lines: readonly string[] },
  colours: { full: number; most?: number },
  theme: FigureTheme,
): void {
  steps.forEach((effect, i) => {
    group
      .append('rect')
      .attr('x', left + i * SWATCH)
      .attr('y', top)
      .attr('width', SWATCH - 1)
      .attr('height', 10)
      .attr('fill', effectColour(effect, colours, theme));
    appendText(group, effectNumber(effect), left + i * SWATCH + SWATCH / 2, top + 22, {
      ...{ size: SMALL, colour: theme.soft, anchor: 'middle' },
    });
  });
  lines.forEach((line, i) => {
    appendText(group, line, left, top + 36 + i * LINE, { size: SMALL, colour: theme.soft });
  });
}

/** "−1.6"; what rounds to nothing has no sign. */
export const effectNumber = (effect: number): string =>
  effect.toFixed(1).replace('-0.0', '0.0').replace('-', '−');
