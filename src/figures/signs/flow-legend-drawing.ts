import type { FigureTheme } from '../kit/figure-theme';
import { appendText, round, type SvgGroup } from '../kit/svg-nodes';
import type { FlowData } from './flow-data';
import { sliceBody } from './flow-drawing';
import { LEGEND_LINE } from './flow-layout';
import { GLYPH, LEGEND_SIZE, type LegendKind, legendRows } from './flow-legend';
import { signColour } from './sign-colours';

/** Draws what the forms and the colours mean. */
export function drawFlowLegend(
  root: SvgGroup,
  data: FlowData,
  top: number,
  width: number,
  theme: FigureTheme,
): void {
  if (!data.linked) return;
  const group = root.append('g').attr('class', 'legend');
  legendRows(data, width).forEach((row, i) => {
    const middle = top + i * LEGEND_LINE + LEGEND_LINE / 2;
    for (const { kind, text, x } of row) {
      drawGlyph(group, kind, x, middle, theme);
      appendText(group, text, x + GLYPH, middle + 3.8, { size: LEGEND_SIZE, colour: theme.faint });
    }
  });
}

/** A small drawing of a form, 16 pixels wide, or a chip of a colour. */
function drawGlyph(group: SvgGroup, kind: LegendKind, x: number, y: number, theme: FigureTheme): void {
  if (typeof kind === 'number') {
    rect(group, x + 5, y - 5, 11, 10, signColour(theme, kind)).attr('rx', 2);
    return;
  }
  const colour = theme.nullLine;
  const ribbon = (d: string, opacity: number) =>
    group.append('path').attr('d', d).attr('fill', colour).attr('fill-opacity', opacity);
  switch (kind) {
    case 'supersign':
      ribbon(
        `M${x} ${y - 6}C${x + 5} ${y - 6} ${x + 5} ${y - 5} ${x + 10} ${y - 5}V${y}C${x + 5} ${y} ${x + 5} ${y - 2} ${x} ${y - 2}Z`,
        0.5,
      );
      ribbon(
        `M${x} ${y + 2}C${x + 5} ${y + 2} ${x + 5} ${y} ${x + 10} ${y}V${y + 5}C${x + 5} ${y + 5} ${x + 5} ${y + 6} ${x} ${y + 6}Z`,
        0.5,
      );
      rect(group, x + 9, y - 6, 7, 12, colour);
      break;
    case 'carried':
      rect(group, x, y - 3, 11, 6, colour).attr('fill-opacity', 0.5);
      rect(group, x + 11, y - 5, 4, 10, colour);
      break;
    case 'emerges':
      fade(group, x + 2, y, [0.1, 0.3, 0.5], colour);
      rect(group, x + 11, y - 5, 4, 10, colour);
      break;
    case 'dissolves':
      rect(group, x + 1, y - 5, 4, 10, colour);
      fade(group, x + 5, y, [0.6, 0.4, 0.2, 0.08], colour);
      break;
    case 'gathered':
      rect(group, x + 8, y - 6, 7, 12, colour);
      sliceBody(group, x + 8, x + 15, y - 6, 12, theme);
      break;
    case 'skips':
      rect(group, x, y - 3, 16, 6, colour).attr('fill-opacity', 0.28);
      break;
  }
}

function rect(group: SvgGroup, x: number, y: number, width: number, height: number, fill: string) {
  return group
    .append('rect')
    .attr('x', round(x))
    .attr('y', round(y))
    .attr('width', width)
    .attr('height', height)
    .attr('fill', fill);
}

function fade(group: SvgGroup, x: number, y: number, steps: readonly number[], colour: string): void {
  steps.forEach((opacity, i) => {
    rect(group, x + i * 3, y - 5, 3, 10, colour).attr('fill-opacity', opacity);
  });
}
