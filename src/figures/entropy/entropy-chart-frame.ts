import { say } from '../../text/say';
import { appendCaption, appendColumn } from '../kit/chart-frame';
import { textWidth, widthWithSpace } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { thinLabels } from '../kit/layer-names';
import { formatMeasure } from '../kit/number-format';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { sizeRuns } from '../saliency/film-strip-layout';
import type { EntropyChartData } from './entropy-chart-data';
import type { EntropyChartLayout } from './entropy-chart-layout';

const SMALL = 10;
const LABEL = 11;

/** The column of the selected layer, behind everything. */
export function drawColumn(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  theme: FigureTheme,
): void {
  const top = data.title ? layout.headerBaseline - 12 : 0;
  appendColumn(root, data, layout.axis, { top, bottom: layout.columnEnd }, theme);
}

/** Where the spatial size changes, with the size at the beginning of its run. */
export function drawBoundaries(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const { axis } = layout;
  const group = root.append('g').attr('class', 'boundaries');
  const runs = sizeRuns(data.layers);
  for (const { at } of runs.slice(1)) {
    const x = axis.left + at * axis.step;
    appendLine(group, [x, layout.top - 4], [x, layout.structureBottom], theme.grey, '1.5 3.5');
  }
  for (const { text, x } of writtenSizes(data, layout, size)) {
    appendText(group, text, x, layout.sizesBaseline, { size: SMALL, colour: theme.faint });
  }
}

/** The sizes there is room for, with the left edge of each. */
function writtenSizes(data: EntropyChartData, { axis }: EntropyChartLayout, size: FigureSize) {
  const sizes = sizeRuns(data.layers).map(({ at, text }) => {
    const width = textWidth(text, SMALL);
    return { text, x: axis.left + at * axis.step + 4, at: axis.left + at * axis.step + 4 + width / 2, width };
  });
  // On a phone the structure panel has no gutter for its name, which takes the end of this row.
  const end = size.width < NARROW_WIDTH ? structureName(axis).x - 6 : Number.POSITIVE_INFINITY;
  return thinLabels(sizes, 4).flatMap((i) => (sizes[i].x + sizes[i].width > end ? [] : [sizes[i]]));
}

/** Where the structure panel's name stands on a phone. */
function structureName({ right }: EntropyChartLayout['axis']) {
  const width = textWidth(say('Structure'), SMALL, 600);
  return { x: right - width, width };
}

/** Where words stand between the two panels. */
export function boxesOfSizes(data: EntropyChartData, layout: EntropyChartLayout, size: FigureSize): Box[] {
  const name = size.width < NARROW_WIDTH ? [structureName(layout.axis)] : [];
  return [...writtenSizes(data, layout, size), ...name].map(({ x, width }) => ({
    x,
    y: layout.sizesBaseline - 0.75 * SMALL,
    width,
    height: SMALL,
  }));
}

/** Grid lines with their numbers. */
export function drawScale(
  root: SvgGroup,
  layout: EntropyChartLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const { axis, y } = layout;
  const group = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  // About one tick for every 44 pixels: a sparkline's worth, the numbers are in the table.
  const count = Math.max(2, Math.round((layout.bottom - layout.top) / 44));
  const format = y.tickFormat(count);
  for (const tick of y.ticks(count)) {
    const line = appendLine(group, [axis.left, y(tick)], [axis.right, y(tick)], theme.rule);
    if (tick === 0 && y.domain()[0] < 0) line.attr('class', 'zero').attr('stroke', theme.nullLine);
    const text = format(tick);
    const label = { left: axis.left - 8 - textWidth(text, SMALL), top: y(tick) - 5, bottom: y(tick) + 4 };
    // The row label has the gutter's upper part; a wide number there gives way, its line stays.
    const covered =
      size.width >= NARROW_WIDTH &&
      label.left < LABEL_X + 46 &&
      label.top < layout.top + 38 &&
      label.bottom > layout.top - 10;
    if (!covered) {
      appendText(group, text, axis.left - 8, y(tick) + 3.5, {
        size: SMALL,
        colour: theme.faint,
        anchor: 'end',
      });
    }
  }
}

/** Title, row labels, measure, layer names and caption. */
export function drawLabels(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const { axis } = layout;
  const group = root.append('g').attr('class', 'labels');
  if (data.title) {
    appendText(group, data.title, LABEL_X, layout.titleBaseline, {
      size: 13,
      weight: 600,
      colour: theme.ink,
    });
  }
  const rows = [
    { text: say('Entropy'), size: LABEL, colour: theme.ink, weight: 600 as const },
    { text: data.valueName ?? say('image'), size: LABEL, colour: theme.accent },
    { text: say('null'), size: LABEL, colour: theme.faint },
  ];
  const measure = formatMeasure(data.measure);
  if (size.width >= NARROW_WIDTH) {
    rows.forEach((row, i) => {
      appendText(group, row.text, LABEL_X, layout.top + 3 + i * 14, row);
    });
    appendText(group, measure, axis.left, layout.headerBaseline, { size: SMALL, colour: theme.faint });
  } else {
    let x = 4;
    for (const row of rows) {
      appendText(group, row.text, x, layout.headerBaseline, row);
      x += widthWithSpace(row.text, LABEL, { weight: 600, least: 10 });
    }
    // Drawn after the cursor, and with paper about it: at the last layers the cursor runs through it.
    group
      .append('text')
      .attr('x', axis.right)
      .attr('y', layout.sizesBaseline)
      .attr('font-size', SMALL)
      .attr('font-weight', 600)
      .attr('text-anchor', 'end')
      .attr('fill', theme.ink)
      .attr('stroke', theme.paper)
      .attr('stroke-width', 4)
      .attr('paint-order', 'stroke')
      .text(say('Structure'));
    if (x + textWidth(measure, SMALL) <= axis.right) {
      const style = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
      appendText(group, measure, axis.right, layout.headerBaseline, style);
    }
  }
  appendLayerNames(group, layout.names, axis, layout.namesTop, data.selected, theme);
  appendCaption(group, layout.captionLines, axis.left, layout.captionTop, theme);
}
