import { area, line } from 'd3-shape';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { appendNullBand } from '../kit/null-band';
import { formatEntropy, formatMeasure } from '../kit/number-format';
import { appendLine, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';
import { drawValueLabel, type Point, placeValueLabel } from '../kit/value-label';
import type { EntropyChartData, EntropyChartLayer } from './entropy-chart-data';
import { drawBoundaries, drawColumn, drawLabels, drawScale } from './entropy-chart-frame';
import { type EntropyChartLayout, entropyChartLayout } from './entropy-chart-layout';
import { drawStructure } from './entropy-structure';

const LABEL = 11;

/** Draws entropy by layer beside its null model, and structure below it, on the layer axis. */
export function entropyChart(
  document: Document,
  data: EntropyChartData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = entropyChartLayout(data, size);
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Spatial entropy by layer'),
    description: chartInWords(data),
  });
  drawColumn(root, data, layout, theme);
  drawBoundaries(root, data, layout, size, theme);
  drawScale(root, layout, size, theme);
  drawNull(root, data, layout, theme);
  drawStructure(root, data, layout, size, theme);
  drawCursor(root, data, layout, theme);
  drawValues(root, data, layout, theme);
  drawSelectedValue(root, data, layout, size, theme);
  drawLabels(root, data, layout, size, theme);
  return node;
}

function drawNull(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  theme: FigureTheme,
): void {
  const points = nullPoints(data);
  if (!points.some((point) => point.null)) return;
  const { axis, y } = layout;
  const group = root.append('g').attr('class', 'null');
  const band = area<NullPoint>()
    .defined((point) => point.null !== null)
    .x((point) => round(axis.x(point.at)))
    .y0((point) => round(y(point.null!.mean - 2 * point.null!.sd)))
    .y1((point) => round(y(point.null!.mean + 2 * point.null!.sd)));
  const mean = line<NullPoint>()
    .defined((point) => point.null !== null)
    .x((point) => round(axis.x(point.at)))
    .y((point) => round(y(point.null!.mean)));
  appendNullBand(group, { band: band(points), middle: mean(points) }, theme).attr('stroke-linecap', 'round');
  for (const { at, null: alone } of points) {
    // Between two gaps neither band nor line has a length: a bar of two deviations stands for them.
    if (!alone || points[at - 1]?.null || points[at + 1]?.null) continue;
    const half = Math.min(8, axis.step / 4);
    const [x, top, bottom] = [axis.x(at), y(alone.mean + 2 * alone.sd), y(alone.mean - 2 * alone.sd)];
    group
      .append('rect')
      .attr('class', 'null-alone')
      .attr('x', round(x - half))
      .attr('width', round(2 * half))
      .attr('y', round(top))
      .attr('height', round(Math.max(1, bottom - top)))
      .attr('fill', theme.nullBand);
    appendLine(group, [x - half, y(alone.mean)], [x + half, y(alone.mean)], theme.nullLine);
  }
}

interface NullPoint {
  readonly at: number;
  readonly null: EntropyChartLayer['null'];
}

function nullPoints(data: EntropyChartData): NullPoint[] {
  return data.layers.map((layer, at) => ({ at, null: layer.null }));
}

function drawCursor(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  theme: FigureTheme,
): void {
  if (data.selected === null || !data.layers[data.selected]) return;
  const x = layout.axis.x(data.selected);
  appendLine(
    root,
    [x, layout.top - 4],
    [x, data.layerNames ? layout.structureBottom : layout.columnEnd],
    theme.accent,
  )
    .attr('class', 'cursor')
    .attr('stroke-opacity', 0.55);
}

function drawValues(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  theme: FigureTheme,
): void {
  const { axis, y } = layout;
  const group = root.append('g').attr('class', 'values');
  const path = line<EntropyChartLayer>()
    .defined(onLine)
    .x((_, i) => round(axis.x(i)))
    .y((layer) => round(y(layer.value!)));
  group
    .append('path')
    .attr('class', 'value-line')
    .attr('d', path([...data.layers]))
    .attr('fill', 'none')
    .attr('stroke', theme.accent)
    .attr('stroke-width', 1.75)
    .attr('stroke-linejoin', 'round');
  const radius = axis.step < 12 ? 1.75 : 3;
  data.layers.forEach((layer, i) => {
    if (layer.value === null) return;
    const chosen = i === data.selected;
    group
      .append('circle')
      .attr('class', 'value')
      .attr('cx', round(axis.x(i)))
      .attr('cy', round(onLine(layer) ? y(layer.value) : layout.bottom))
      .attr('r', chosen ? 4.5 : radius)
      .attr('fill', onLine(layer) ? theme.accent : theme.paper)
      .attr('stroke', onLine(layer) ? (chosen ? theme.accentSoft : theme.paper) : theme.accent)
      .attr('stroke-width', axis.step < 12 && !chosen ? 0.5 : 1);
  });
}

function drawSelectedValue(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const layer = data.layers[data.selected ?? -1];
  if (!layer || !onLine(layer)) return;
  const value = layer.value!;
  const { axis, y } = layout;
  const text = formatEntropy(value);
  const values: Point[] = data.layers.flatMap((layer, i) =>
    onLine(layer) ? [[axis.x(i), y(layer.value!)] as const] : [],
  );
  const nulls = [-2, 0, 2].map((spread) =>
    data.layers.flatMap((layer, i) =>
      layer.null ? [[axis.x(i), y(layer.null.mean + spread * layer.null.sd)] as const] : [],
    ),
  );
  const label = { width: textWidth(text, LABEL + 1, 600) + 2, height: LABEL };
  const frame = {
    x: axis.left,
    y: layout.top - 8,
    width: size.width - axis.left,
    height: layout.bottom - layout.top + 8,
  };
  const box = placeValueLabel([axis.x(data.selected!), y(value)], label, [values, ...nulls], frame);
  drawValueLabel(root, text, box, { size: LABEL + 1, colour: theme.accent }, theme);
}

/** Zero by definition, not by order: a map without evidence must not pull the line to the ground. */
function onLine(layer: EntropyChartLayer): boolean {
  return layer.value !== null && layer.outcome !== 'none';
}

/** The chart in words. */
function chartInWords(data: EntropyChartData): string {
  const known = data.layers.filter(onLine);
  if (known.length === 0)
    return say('{measure} of {layers}, not computed yet.', {
      measure: formatMeasure(data.measure),
      layers: counted(data.layers.length, 'layer'),
    });
  const first = known[0];
  const last = known[known.length - 1];
  const nulls = data.layers.filter((layer) => layer.null).length;
  const change = say('{measure} from {value} at {name} to {value2} at {name2}', {
    measure: formatMeasure(data.measure),
    value: formatEntropy(first.value!),
    name: first.name,
    value2: formatEntropy(last.value!),
    name2: last.name,
  });
  return say('{change}, {layers}; null model known for {nulls}.', {
    change,
    layers: counted(data.layers.length, 'layer'),
    nulls,
  });
}
