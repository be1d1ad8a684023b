import { say } from '../../text/say';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { formatEntropy } from '../kit/number-format';
import { appendLine, appendText, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { barWidthOf, CUT_OFF, type CutOff, cutOffLabels, structureBar } from './cut-off-labels';
import type { EntropyChartData } from './entropy-chart-data';
import { boxesOfSizes } from './entropy-chart-frame';
import type { EntropyChartLayout } from './entropy-chart-layout';

const SMALL = 10;

/** The panel of bars below the lines: by how much the map is more ordered than its own pixels shuffled. */
export function drawStructure(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const { axis, structure } = layout;
  const group = root.append('g').attr('class', 'structure').attr('style', TABULAR);
  const zero = structure(0);
  const [low, high] = structure.domain();
  appendLine(group, [axis.left, structure(high)], [axis.right, structure(high)], theme.rule);
  const tick = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
  for (const value of low < 0 ? [low, 0, high] : [0, high]) {
    const y = structure(value);
    // A lower end close to zero would write over the zero.
    if (value === low && low < 0 && y - zero < 10) continue;
    appendText(group, String(value).replace('-', '−'), axis.left - 8, y + 3.5, tick);
  }
  data.layers.forEach((layer, i) => {
    if (layer.structure === null) return;
    const bar = structureBar(layout, i, layer.structure);
    group
      .append('rect')
      .attr('class', 'bar')
      .attr('x', round(bar.x))
      .attr('y', round(bar.y))
      .attr('width', round(bar.width))
      .attr('height', round(bar.height))
      .attr('fill', i === data.selected ? theme.accent : theme.nullLine);
  });
  appendLine(group, [axis.left, zero], [axis.right, zero], theme.nullLine);
  const wide = size.width >= NARROW_WIDTH;
  if (wide) {
    appendText(group, say('Structure'), LABEL_X, layout.structureTop - 7, {
      size: 11,
      weight: 600,
      colour: theme.ink,
    });
    // 1 - image / null, in words: the formula is as wide as the gutter.
    appendText(group, say('share'), LABEL_X, layout.structureTop + 6, { size: SMALL, colour: theme.faint });
    appendText(group, say('below null'), LABEL_X, layout.structureTop + 17, {
      size: SMALL,
      colour: theme.faint,
    });
  }
  if (data.layers.every((layer) => layer.structure === null)) {
    const style = { size: SMALL, colour: theme.faint } as const;
    appendText(group, say('the null model is not computed yet'), axis.left + 4, zero - 6, style);
  }
  const label = selectedStructure(data, layout);
  if (label) {
    const style = { size: SMALL, weight: 600, colour: theme.accent } as const;
    appendText(group, label.text, label.box.x, structure(0) - 5, style);
  }
  const taken = [...boxesOfSizes(data, layout, size), ...(label ? [label.box] : [])];
  drawCutOff(group, cutOffLabels(data, layout, size.width, taken), layout, data.selected, theme);
}

/** The number of the selected layer, beside its bar; null where it is cut off or its column has no room. */
function selectedStructure(
  data: EntropyChartData,
  { axis, structure }: EntropyChartLayout,
): { text: string; box: Box } | null {
  const value = data.layers[data.selected ?? -1]?.structure ?? null;
  const [low, high] = structure.domain();
  if (value === null || value < low || value > high) return null;
  const text = formatEntropy(value);
  const x = axis.x(data.selected!);
  const width = textWidth(text, SMALL, 600);
  const barWidth = barWidthOf(axis);
  // Beside the bar where its column has room; the zero line and the bar's neighbours stay clear of it.
  const room = axis.step - barWidth >= 2 * (width + 6) || axis.step > 60;
  if (!room) return null;
  const right = x + barWidth / 2 + 4;
  const left = right + width > axis.right ? x - barWidth / 2 - 4 - width : right;
  return { text, box: { x: left, y: structure(0) - 5 - 0.75 * SMALL, width, height: SMALL } };
}

/** Marks the bars that go on beyond the axis, each with its number where there is room. */
function drawCutOff(
  group: SvgGroup,
  cut: readonly CutOff[],
  { axis, structure }: EntropyChartLayout,
  selected: number | null,
  theme: FigureTheme,
): void {
  const [low, high] = structure.domain();
  for (const { at, value } of cut) {
    // A slit of paper before the end, as axes are broken.
    const y = value < low ? structure(low) - 4 : structure(high) + 4;
    const half = barWidthOf(axis) / 2 + 1.5;
    appendLine(group, [axis.x(at) - half, y + 1.5], [axis.x(at) + half, y - 1.5], theme.paper)
      .attr('class', 'cut-off')
      .attr('stroke-width', 2);
  }
  for (const { at, text, box } of cut) {
    if (!box) continue;
    group
      .append('text')
      .attr('class', 'cut-off-value')
      .attr('x', round(box.x + box.width / 2))
      .attr('y', round(box.y + 0.75 * CUT_OFF))
      .attr('font-size', CUT_OFF)
      .attr('font-weight', at === selected ? 600 : 400)
      .attr('text-anchor', 'middle')
      .attr('fill', at === selected ? theme.accent : theme.soft)
      .attr('stroke', theme.paper)
      .attr('stroke-width', 3)
      .attr('paint-order', 'stroke')
      .text(text);
  }
}
