import { CAPTION_GAP, CAPTION_LINE, CAPTION_SIZE } from './canvas-text';
import type { FigureTheme } from './figure-theme';
import type { LayerAxis } from './layer-axis';
import { appendText, round, type SvgGroup } from './svg-nodes';

/** The column of the selected layer from `top` to `bottom`, to lie behind all else; nothing where none of the layers is selected. */
export function appendColumn(
  root: SvgGroup,
  { layers, selected }: { readonly layers: readonly unknown[]; readonly selected: number | null },
  axis: LayerAxis,
  { top, bottom }: { top: number; bottom: number },
  theme: FigureTheme,
): void {
  if (selected === null || !layers[selected]) return;
  root
    .append('rect')
    .attr('class', 'column')
    .attr('x', round(axis.x(selected) - axis.step / 2))
    .attr('y', top)
    .attr('width', round(axis.step))
    .attr('height', round(bottom - top))
    .attr('fill', theme.accentSoft);
}

/** The caption's lines, below `top`. */
export function appendCaption(
  group: SvgGroup,
  lines: readonly string[],
  left: number,
  top: number,
  theme: FigureTheme,
): void {
  lines.forEach((text, i) => {
    const baseline = top + CAPTION_GAP + i * CAPTION_LINE + CAPTION_SIZE;
    appendText(group, text, left, baseline, { size: CAPTION_SIZE, colour: theme.soft });
  });
}
