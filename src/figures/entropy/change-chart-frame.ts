import { say } from '../../text/say';
import { appendCaption, appendColumn } from '../kit/chart-frame';
import { textWidth, widthWithSpace } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { sizeRuns } from '../saliency/film-strip-layout';
import type { ChangeChartData } from './change-chart-data';
import type { ChangeChartLayout } from './change-chart-layout';
import { appendMark, changeColours } from './change-chart-signs';

const SMALL = 10;
const LABEL = 11;
const MARK_WORDS = 'superization: falls by more than the null';

/** What lies behind the bars: the selected column, changes of size, grid lines with their numbers. */
export function drawChangeFrame(
  root: SvgGroup,
  data: ChangeChartData,
  layout: ChangeChartLayout,
  theme: FigureTheme,
): void {
  const { axis, y, top, bottom } = layout;
  appendColumn(root, data, axis, { top: data.title ? top - 16 : 0, bottom: layout.columnEnd }, theme);
  if (data.selected !== null && data.layers[data.selected]) {
    const x = axis.x(data.selected);
    appendLine(root, [x, data.title ? top : 0], [x, layout.columnEnd], theme.accent)
      .attr('class', 'cursor')
      .attr('stroke-opacity', 0.55);
  }
  for (const { at } of sizeRuns(data.layers).slice(1)) {
    const x = axis.left + at * axis.step;
    appendLine(root, [x, top - 2], [x, bottom + 4], theme.grey, '1.5 3.5').attr('class', 'resizes');
  }
  const scale = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  const ticks = y.ticks(Math.max(3, Math.round((bottom - top) / 32)));
  const format = y.tickFormat(ticks.length);
  for (const tick of ticks) {
    if (tick !== 0) appendLine(scale, [axis.left, y(tick)], [axis.right, y(tick)], theme.rule);
    const text = format(tick);
    const style = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
    appendText(scale, text, axis.left - 8, y(tick) + 3.5, style);
  }
}

/** Title, row labels with the colours, what the mark means, layer names and caption. */
export function drawChangeLabels(
  root: SvgGroup,
  data: ChangeChartData,
  layout: ChangeChartLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const { axis, top } = layout;
  const group = root.append('g').attr('class', 'labels');
  if (data.title) {
    const style = { size: 13, weight: 600, colour: theme.ink } as const;
    appendText(group, data.title, LABEL_X, layout.titleBaseline, style);
  }
  const rows = [
    { text: say('Change'), size: LABEL, colour: theme.ink, weight: 600 as const },
    { text: say('class'), size: LABEL, colour: changeColours(theme).classFormation },
    { text: say('complex'), size: LABEL, colour: theme.amberInk },
  ];
  if (size.width >= NARROW_WIDTH) {
    rows.forEach((row, i) => {
      appendText(group, row.text, LABEL_X, top + 3 + i * 14, row);
    });
    frameSign(group, LABEL_X, top + 38, theme);
  } else {
    let x = 4;
    for (const row of rows) {
      appendText(group, row.text, x, layout.headerBaseline, row);
      x += widthWithSpace(row.text, LABEL, { weight: 600, least: 9 });
    }
    frameSign(group, x, layout.headerBaseline - 8, theme);
  }
  if (data.title) {
    const x = axis.right - textWidth(say(MARK_WORDS), SMALL);
    appendMark(group, x - 10, layout.titleBaseline - 3.5, theme);
    appendText(group, say(MARK_WORDS), x, layout.titleBaseline, { size: SMALL, colour: theme.soft });
  }
  if (size.width >= NARROW_WIDTH) {
    appendText(group, say('bits'), axis.left, layout.headerBaseline, { size: SMALL, colour: theme.faint });
  }
  if (data.layers.every(({ step }) => step === null)) {
    const style = { size: SMALL, colour: theme.faint } as const;
    appendText(group, noStep(data), axis.left + 4, layout.y(0) - 6, style);
  }
  appendLayerNames(group, layout.names, axis, layout.namesTop, data.selected, theme);
  appendCaption(group, layout.captionLines, axis.left, layout.captionTop, theme);
}

/** Why there is nothing to draw. */
function noStep({ layers, measured }: ChangeChartData): string {
  if (layers.length === 1) return say('one layer, no step');
  return measured ? say('no two layers in a row hold evidence') : say('not measured yet');
}

/** The frame that stands for the null, with its name. */
function frameSign(group: SvgGroup, x: number, y: number, theme: FigureTheme): void {
  group
    .append('rect')
    .attr('x', x + 0.5)
    .attr('y', y + 0.5)
    .attr('width', 6)
    .attr('height', 8)
    .attr('fill', 'none')
    .attr('stroke', theme.ink)
    .attr('stroke-opacity', 0.55);
  appendText(group, say('null'), x + 11, y + 8, { size: LABEL, colour: theme.faint });
}
