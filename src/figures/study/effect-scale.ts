import { scaleLinear } from 'd3-scale';
import type { FigureTheme } from '../kit/figure-theme';
import { appendText, type SvgGroup } from '../kit/svg-nodes';

/** Size of the letters of a legend. */
const SMALL = 10;
const SWATCH = 26;
/** Height of a scale with its line of words. */
export const effectScaleHeight = 40;

/** Colour of an effect, from nothing to `full`, red below 0 and blue above; `most` is the share of the colour that the fullest has. */
export function effectColour(
  effect: number,
  { full, most = 1 }: { full: number; most?: number },
  theme: FigureTheme,
): string {
  const strength = most * Math.min(1, Math.abs(effect) / full) ** 0.7;
  return scaleLinear<string>().range([theme.rule, effect < 0 ? theme.accent : theme.blue])(strength);
}

/** Swatches of these effects with their numbers below, and what they stand for. */
export function appendEffectScale(
  group: SvgGroup,
  steps: readonly number[],
  { left, top, words }: { left: number; top: number; words: string },
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
  appendText(group, words, left, top + 36, { size: SMALL, colour: theme.soft });
}

/** "−1.6" */
export const effectNumber = (effect: number): string => effect.toFixed(1).replace('-', '−');
