import { say } from '../../text/say';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { thinLabels } from '../kit/layer-names';
import { formatEntropy } from '../kit/number-format';
import { appendLine, appendText, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import type { EntropyChartData } from './entropy-chart-data';
import type { EntropyChartLayout } from './entropy-chart-layout';

const SMALL = 10;
/** Numbers of bars that are cut off. */
const CUT_OFF = 10;

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
  const width = Math.max(1, Math.min(axis.step * 0.42, 20));
  data.layers.forEach((layer, i) => {
    if (layer.structure === null) return;
    const y = structure(layer.structure);
    group
      .append('rect')
      .attr('class', 'bar')
      .attr('x', round(axis.x(i) - width / 2))
      .attr('y', round(Math.min(y, zero)))
      .attr('width', round(width))
      .attr('height', round(Math.abs(y - zero)))
      .attr('fill', i === data.selected ? theme.accent : theme.nullLine);
  });
  appendLine(group, [axis.left, zero], [axis.right, zero], theme.nullLine);
  const written = drawCutOff(group, data, layout, width, theme);
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
  if (!written.has(data.selected ?? -1)) drawSelectedStructure(group, data, layout, width, theme);
}

function drawSelectedStructure(
  group: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  barWidth: number,
  theme: FigureTheme,
): void {
  const value = data.layers[data.selected ?? -1]?.structure ?? null;
  if (value === null) return;
  const { axis, structure } = layout;
  const text = formatEntropy(value);
  const x = axis.x(data.selected!);
  const width = textWidth(text, SMALL, 600);
  // Beside the bar where its column has room; the zero line and the bar's neighbours stay clear of it.
  const right = x + barWidth / 2 + 4;
  const room = axis.step - barWidth >= 2 * (width + 6) || axis.step > 60;
  if (!room) return;
  const left = right + width > axis.right;
  appendText(group, text, left ? x - barWidth / 2 - 4 : right, structure(0) - 5, {
    size: SMALL,
    weight: 600,
    colour: theme.accent,
    anchor: left ? 'end' : 'start',
  });
}

/** Marks the bars that go on beyond the axis, each with its number where there is room; the layers whose number is written. */
function drawCutOff(
  group: SvgGroup,
  { layers, selected }: EntropyChartData,
  { axis, structure }: EntropyChartLayout,
  barWidth: number,
  theme: FigureTheme,
): Set<number> {
  const [low, high] = structure.domain();
  const cut = layers.flatMap((layer, at) =>
    layer.structure !== null && (layer.structure < low || layer.structure > high)
      ? [{ at, value: layer.structure, text: formatEntropy(layer.structure) }]
      : [],
  );
  for (const { at, value } of cut) {
    // A slit of paper before the end, as axes are broken.
    const y = value < low ? structure(low) - 4 : structure(high) + 4;
    const half = barWidth / 2 + 1.5;
    appendLine(group, [axis.x(at) - half, y + 1.5], [axis.x(at) + half, y - 1.5], theme.paper)
      .attr('class', 'cut-off')
      .attr('stroke-width', 2);
  }
  const spans = cut.map(({ at, text }) => {
    const width = textWidth(text, CUT_OFF, 600);
    const right = axis.x(at) + barWidth / 2 + 3;
    const left = right + width > axis.right;
    return { at: left ? axis.x(at) - barWidth / 2 - 3 - width / 2 : right + width / 2, width };
  });
  const first = cut.findIndex(({ at }) => at === selected);
  const kept = thinLabels(spans, 3, first < 0 ? null : first);
  for (const i of kept) {
    const { value, text, at } = cut[i];
    const y = value < low ? structure(low) + 2 : structure(high) + 7;
    group
      .append('text')
      .attr('class', 'cut-off-value')
      .attr('x', round(spans[i].at))
      .attr('y', round(y))
      .attr('font-size', CUT_OFF)
      .attr('font-weight', at === selected ? 600 : 400)
      .attr('text-anchor', 'middle')
      .attr('fill', at === selected ? theme.accent : theme.soft)
      .attr('stroke', theme.paper)
      .attr('stroke-width', 3)
      .attr('paint-order', 'stroke')
      .text(text);
  }
  return new Set(kept.map((i) => cut[i].at));
}
