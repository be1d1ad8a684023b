import { area, line } from 'd3-shape';
import { CAPTION_GAP, CAPTION_LINE, CAPTION_SIZE } from './canvas-text';
import { type EntropyChartLayout, entropyChartLayout } from './entropy-chart-layout';
import { drawStructure } from './entropy-structure';
import { sizeRuns } from './film-strip-layout';
import { formatEntropy, formatMeasure } from './format';
import { NARROW_WIDTH } from './layer-axis';
import { NAME_SIZE, thinLabels } from './layer-names';
import { appendLine, appendText, figureSvg, round, type SvgGroup } from './svg-nodes';
import { textWidth } from './text';
import type { FigureTheme } from './theme';
import type { FigureSize, MeasureLabel } from './types';
import { type Point, placeValueLabel } from './value-label';

export interface EntropyChartLayer {
  readonly name: string;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
  readonly value: number | null;
  /** The null model; null while it is being computed. */
  readonly null: { readonly mean: number; readonly sd: number } | null;
  /** 1 - value / null mean, where that mean is positive. */
  readonly structure: number | null;
}

export interface EntropyChartData {
  readonly layers: readonly EntropyChartLayer[];
  readonly measure: MeasureLabel;
  readonly selected: number | null;
  /** Every layer's name along the bottom, for a figure that stands alone. */
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
/** Left edge of the row labels in the gutter. */
const LABEL_X = 12;

/** Draws entropy by layer beside its null model, and structure below it, on the layer axis. */
export function entropyChart(
  document: Document,
  data: EntropyChartData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = entropyChartLayout(data, size);
  const { node, root } = figureSvg(document, size, theme, {
    title: 'Spatial entropy by layer',
    description: describe(data),
  });
  drawColumn(root, data, layout, theme);
  drawBoundaries(root, data, layout, theme);
  drawScale(root, layout, size, theme);
  drawNull(root, data, layout, theme);
  drawStructure(root, data, layout, size, theme);
  drawCursor(root, data, layout, theme);
  drawValues(root, data, layout, theme);
  drawSelectedValue(root, data, layout, size, theme);
  drawLabels(root, data, layout, size, theme);
  return node;
}

function drawColumn(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  theme: FigureTheme,
): void {
  if (data.selected === null) return;
  const { axis } = layout;
  const top = data.title ? layout.headerBaseline - 12 : 0;
  root
    .append('rect')
    .attr('class', 'column')
    .attr('x', round(axis.x(data.selected) - axis.step / 2))
    .attr('y', top)
    .attr('width', round(axis.step))
    .attr('height', round(layout.captionTop - top))
    .attr('fill', theme.accentSoft);
}

/** Where the spatial size changes, with the size at the beginning of its run. */
function drawBoundaries(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  theme: FigureTheme,
): void {
  const { axis } = layout;
  const group = root.append('g').attr('class', 'boundaries');
  const runs = sizeRuns(data.layers);
  const spans = runs.map(({ at, text }) => {
    const width = textWidth(text, SMALL);
    return { at: axis.left + at * axis.step + 4 + width / 2, width };
  });
  for (const { at } of runs.slice(1)) {
    const x = axis.left + at * axis.step;
    appendLine(group, [x, layout.top - 4], [x, layout.structureBottom], theme.rule, '2 3');
  }
  for (const i of thinLabels(spans, 4)) {
    const x = spans[i].at - spans[i].width / 2;
    appendText(group, runs[i].text, x, layout.sizesBaseline, { size: SMALL, colour: theme.faint });
  }
}

function drawScale(root: SvgGroup, layout: EntropyChartLayout, size: FigureSize, theme: FigureTheme): void {
  const { axis, y } = layout;
  const group = root.append('g').attr('class', 'scale');
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
  group.append('path').attr('class', 'null-band').attr('d', band(points)).attr('fill', theme.nullBand);
  group
    .append('path')
    .attr('class', 'null-mean')
    .attr('d', mean(points))
    .attr('fill', 'none')
    .attr('stroke', theme.nullLine)
    .attr('stroke-width', 1.25)
    .attr('stroke-linecap', 'round')
    .attr('stroke-dasharray', '3 3');
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
  if (data.selected === null) return;
  const x = layout.axis.x(data.selected);
  appendLine(root, [x, layout.top - 10], [x, layout.structureBottom], theme.accent)
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
    .defined((layer) => layer.value !== null)
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
      .attr('cy', round(y(layer.value)))
      .attr('r', chosen ? 4.5 : radius)
      .attr('fill', theme.accent)
      .attr('stroke', chosen ? theme.accentSoft : theme.paper)
      .attr('stroke-width', axis.step < 12 && !chosen ? 0 : 1);
  });
}

function drawSelectedValue(
  root: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const value = data.selected === null ? null : (data.layers[data.selected]?.value ?? null);
  if (value === null) return;
  const { axis, y } = layout;
  const text = formatEntropy(value);
  const values: Point[] = data.layers.flatMap((layer, i) =>
    layer.value === null ? [] : [[axis.x(i), y(layer.value)] as const],
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
  root
    .append('text')
    .attr('class', 'selected-value')
    .attr('x', round(box.x + 1))
    .attr('y', round(box.y + LABEL - 1))
    .attr('font-size', LABEL + 1)
    .attr('font-weight', 600)
    .attr('fill', theme.accent)
    .attr('stroke', theme.paper)
    .attr('stroke-width', 3)
    .attr('stroke-linejoin', 'round')
    .attr('paint-order', 'stroke')
    .text(text);
}

function drawLabels(
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
    { text: 'Entropy', size: LABEL, colour: theme.ink, weight: 600 as const },
    { text: 'image', size: LABEL, colour: theme.accent },
    { text: 'null', size: LABEL, colour: theme.faint },
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
      x += textWidth(row.text, LABEL, 600) + 10;
    }
    if (x + textWidth(measure, SMALL) <= axis.right) {
      const style = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
      appendText(group, measure, axis.right, layout.headerBaseline, style);
    }
  }
  drawNames(group, data, layout, theme);
  layout.captionLines.forEach((text, i) => {
    const baseline = layout.captionTop + CAPTION_GAP + i * CAPTION_LINE + CAPTION_SIZE;
    appendText(group, text, axis.left, baseline, { size: CAPTION_SIZE, colour: theme.soft });
  });
}

function drawNames(
  group: SvgGroup,
  data: EntropyChartData,
  layout: EntropyChartLayout,
  theme: FigureTheme,
): void {
  const { names, axis, namesTop } = layout;
  names?.labels.forEach((text, i) => {
    if (!text) return;
    const chosen = i === data.selected;
    const x = axis.x(i);
    const style = {
      size: NAME_SIZE,
      weight: chosen ? 600 : 400,
      colour: chosen ? theme.ink : theme.soft,
    } as const;
    if (!names.turned) {
      appendText(group, text, x, namesTop + NAME_SIZE, { ...style, anchor: 'middle' });
      return;
    }
    const turned = group
      .append('g')
      .attr('transform', `translate(${round(x + NAME_SIZE * 0.36)} ${round(namesTop)}) rotate(-90)`);
    appendText(turned, text, 0, 0, { ...style, anchor: 'end' });
  });
}

/** The chart in words. */
function describe(data: EntropyChartData): string {
  const known = data.layers.filter((layer) => layer.value !== null);
  if (known.length === 0)
    return `${formatMeasure(data.measure)} of ${data.layers.length} layers, not computed yet.`;
  const first = known[0];
  const last = known[known.length - 1];
  const nulls = data.layers.filter((layer) => layer.null).length;
  const change = `${formatMeasure(data.measure)} from ${formatEntropy(first.value!)} at ${first.name} to ${formatEntropy(last.value!)} at ${last.name}`;
  return `${change}, ${data.layers.length} layers; null model known for ${nulls}.`;
}
