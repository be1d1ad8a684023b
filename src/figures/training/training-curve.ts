import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { say } from '../../text/say';
import { captionHeight, heightOfLines, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { widthWithSpace } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, FigureSize } from '../kit/figure-types';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';

/** A value at a time, which is counted in epochs. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export interface CurveSeries {
  readonly name: string;
  /** `training` is drawn in blue, `held out` in the accent with a dot for every point. */
  readonly role: 'training' | 'held out';
  /** In the order of time. */
  readonly points: readonly CurvePoint[];
  /** The same before it was smoothed, drawn faintly behind; left out where nothing was smoothed. */
  readonly raw?: readonly CurvePoint[];
}

export interface TrainingCurveData {
  /** Name of what is drawn, such as "Loss". */
  readonly title: string;
  readonly unit: 'number' | 'share' | 'rate';
  readonly series: readonly CurveSeries[];
  /** Length of the whole training in epochs. */
  readonly epochs: number;
  /** Times at which something happened, such as a resumption, drawn as hairlines. */
  readonly marks?: readonly { readonly x: number; readonly text: string }[];
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
const GUTTER = 46;
const HEAD = 38;
const FOOT = 34;
const PLOT = 132;

const textOf = (value: number, unit: TrainingCurveData['unit']): string => {
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`;
  if (unit === 'rate') return value === 0 ? '0' : value.toPrecision(3).replace(/\.?0+$/, '');
  return value.toFixed(3);
};

/** Natural height in pixels of the figure at this width, caption included. */
export function trainingCurveHeight(width: number, { caption }: TrainingCurveData): number {
  return HEAD + PLOT + FOOT + captionHeight(caption, width - 2);
}

/** Draws one quantity over the epochs of a training: single batches faintly, smoothed, and on held-out pictures. */
export function trainingCurve(
  document: Document,
  data: TrainingCurveData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: data.title,
    description: inWords(data),
  });
  const lines = linesOfCaption(data.caption, size.width - 2);
  const below = heightOfLines(lines.length);
  const plot = {
    x: GUTTER,
    y: HEAD,
    width: Math.max(20, size.width - GUTTER - 10),
    height: Math.max(30, size.height - HEAD - FOOT - below),
  };
  drawHead(root, data, plot, theme);
  drawPlot(root, data, plot, theme);
  appendCaption(root, lines, 0, size.height - below, theme);
  return node;
}

const colourOf = ({ role }: CurveSeries, theme: FigureTheme) =>
  role === 'training' ? theme.blue : theme.accent;

/** The name, and the last value of every series in its colour. */
function drawHead(root: SvgGroup, data: TrainingCurveData, plot: Box, theme: FigureTheme): void {
  const group = root.append('g').attr('class', 'head').attr('style', TABULAR);
  appendText(group, data.title, 2, 14, { size: 12, weight: 600, colour: theme.ink });
  let x = plot.x;
  for (const series of data.series) {
    const last = series.points.at(-1);
    if (!last) continue;
    const text = `${series.name} ${textOf(last.y, data.unit)}`;
    appendText(group, text, x, plot.y - 9, { size: LABEL, weight: 600, colour: colourOf(series, theme) });
    x += widthWithSpace(text, LABEL, { weight: 600, least: 12 });
  }
}

/**
 * From 0 to the largest value that is drawn; a share always to 1. A single bad test in the midst of a training, as batch
 * normalisation makes them, must not press all else flat: tests beyond twice the largest training value stand at the edge.
 */
function ceilingOf({ series, unit }: TrainingCurveData): number {
  if (unit === 'share') return 1;
  const largest = (of: readonly CurveSeries[]) =>
    of
      .flatMap(({ points, raw }) => [...points, ...(raw ?? [])])
      .reduce((most, { y }) => (Number.isFinite(y) ? Math.max(most, y) : most), 0);
  const trained = largest(series.filter(({ role }) => role === 'training'));
  const all = largest(series);
  return (trained > 0 ? Math.min(all, 2 * trained) : all) || 1;
}

function drawPlot(root: SvgGroup, data: TrainingCurveData, plot: Box, theme: FigureTheme): void {
  const x = scaleLinear([0, Math.max(1, data.epochs)], [plot.x, plot.x + plot.width]);
  const y = scaleLinear([0, ceilingOf(data)], [plot.y + plot.height, plot.y]);
  if (data.unit !== 'share') y.nice(4);
  y.clamp(true);
  const beyond = (value: number) => value > y.domain()[1];
  const scale = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  const style = { size: SMALL, colour: theme.faint } as const;
  for (const tick of y.ticks(4)) {
    appendLine(scale, [plot.x, y(tick)], [plot.x + plot.width, y(tick)], theme.rule);
    const text =
      data.unit === 'share'
        ? `${Math.round(tick * 100)} %`
        : data.unit === 'rate' && tick !== 0 && tick < 0.001
          ? tick.toExponential(0)
          : y.tickFormat(4)(tick);
    appendText(scale, text, plot.x - 7, y(tick) + 3.5, { ...style, anchor: 'end' });
  }
  const steps = x.ticks(Math.min(data.epochs, Math.max(2, Math.floor(plot.width / 56))));
  for (const tick of steps.filter(Number.isInteger)) {
    const anchor = tick === 0 ? 'start' : tick >= data.epochs ? 'end' : 'middle';
    appendText(scale, String(tick), x(tick), plot.y + plot.height + 14, { ...style, anchor });
  }
  appendText(scale, say('epoch'), plot.x + plot.width, plot.y + plot.height + 28, {
    size: SMALL,
    colour: theme.soft,
    anchor: 'end',
  });
  for (const mark of data.marks ?? []) {
    appendLine(scale, [x(mark.x), plot.y], [x(mark.x), plot.y + plot.height], theme.nullLine, '2 3')
      .append('title')
      .text(mark.text);
  }
  const path = line<CurvePoint>()
    .defined((point) => Number.isFinite(point.y))
    .x((point) => round(x(point.x)))
    .y((point) => round(y(point.y)));
  for (const { raw } of data.series) {
    if (!raw) continue;
    root
      .append('path')
      .attr('class', 'raw')
      .attr('d', path([...thinned(raw, plot.width)]))
      .attr('fill', 'none')
      .attr('stroke', theme.blue)
      .attr('stroke-opacity', 0.28)
      .attr('stroke-width', 1);
  }
  for (const series of data.series) {
    const colour = colourOf(series, theme);
    const group = root.append('g').attr('class', series.role === 'training' ? 'training' : 'held-out');
    group
      .append('path')
      .attr('class', 'values')
      .attr('d', path([...thinned(series.points, plot.width)]))
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', 1.75)
      .attr('stroke-linejoin', 'round');
    if (series.role !== 'held out' || series.points.length > plot.width / 8) continue;
    for (const point of series.points.filter(({ y }) => Number.isFinite(y))) {
      group
        .append('circle')
        .attr('cx', round(x(point.x)))
        .attr('cy', round(y(point.y)))
        .attr('r', 2.6)
        .attr('fill', beyond(point.y) ? theme.paper : colour)
        .attr('stroke', beyond(point.y) ? colour : theme.paper)
        .attr('stroke-width', beyond(point.y) ? 1.5 : 1)
        .append('title')
        .text(textOf(point.y, data.unit));
    }
  }
}

/**
 * Two points for every two pixels at most, the smallest and the largest of what falls there, so that a long training keeps its
 * spikes and costs no more than a short one.
 */
export function thinned(points: readonly CurvePoint[], pixels: number): readonly CurvePoint[] {
  const bins = Math.max(1, Math.floor(pixels / 2));
  if (points.length <= 2 * bins) return points;
  const kept: CurvePoint[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * points.length) / bins);
    const to = Math.floor(((bin + 1) * points.length) / bins);
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      if (points[i].y < points[low].y) low = i;
      if (points[i].y > points[high].y) high = i;
    }
    kept.push(points[Math.min(low, high)]);
    if (low !== high) kept.push(points[Math.max(low, high)]);
  }
  return kept;
}

/** First and last values, read aloud. */
function inWords({ title, series, unit, epochs }: TrainingCurveData): string {
  const told = series.flatMap(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return [];
    return say('{name} from {y} to {y2} at epoch {x} of {epochs}', {
      name,
      y: textOf(first.y, unit),
      y2: textOf(last.y, unit),
      x: round(last.x),
      epochs,
    });
  });
  return told.length > 0
    ? `${title}: ${told.join('; ')}.`
    : say('{title}: nothing is trained yet.', { title });
}
