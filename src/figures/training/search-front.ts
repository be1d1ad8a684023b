import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { say } from '../../text/say';
import { captionHeight, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, FigureSize } from '../kit/figure-types';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { type SearchStrategy, strategyColour, strategyMark } from './search-strategies';

/** A trained network between what it costs and what it can do. */
export interface FrontPoint {
  /** Place of its strategy in `strategies`. */
  readonly strategy: number;
  readonly name: string;
  /** In the unit of the axis; more than 0. */
  readonly cost: number;
  readonly accuracy: number;
  readonly kept: boolean;
  /** Whether it is the network that a search began with. */
  readonly first: boolean;
}

export interface SearchFrontData {
  readonly strategies: readonly SearchStrategy[];
  readonly points: readonly FrontPoint[];
  /** For every strategy those of its points that none of the others beats in both, by rising cost. */
  readonly fronts: readonly (readonly FrontPoint[])[];
  /** What the axis counts: "parameters", "multiply-adds", "milliseconds a picture". */
  readonly cost: string;
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
const GUTTER = 50;
const PLOT = 236;
const FOOT = 38;
const LEGEND_LINE = 18;

/** Where the legend's entries stand: [x, row]. */
function legendPlaces(strategies: readonly SearchStrategy[], width: number): { x: number; row: number }[] {
  let x = 2;
  let row = 0;
  return strategies.map(({ title }) => {
    const needed = 16 + textWidth(title, LABEL, 600) + 18;
    if (x > 2 && x + needed > width) {
      x = 2;
      row += 1;
    }
    const place = { x, row };
    x += needed;
    return place;
  });
}

const headOf = (width: number, { strategies }: SearchFrontData) =>
  26 + (1 + (legendPlaces(strategies, width).at(-1)?.row ?? 0)) * LEGEND_LINE;

/** Natural height in pixels of the figure at this width, caption included. */
export function searchFrontHeight(width: number, data: SearchFrontData): number {
  return headOf(width, data) + PLOT + FOOT + captionHeight(data.caption, width - 2);
}

/** Draws accuracy against cost for every network of a search, with the front of each strategy. */
export function searchFront(
  document: Document,
  data: SearchFrontData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Accuracy against cost'),
    description: inWords(data),
  });
  const head = headOf(size.width, data);
  const plot = { x: GUTTER, y: head, width: Math.max(40, size.width - GUTTER - 14), height: PLOT };
  appendText(root, say('Accuracy against {cost}', { cost: data.cost }), 2, 14, {
    size: 12,
    weight: 600,
    colour: theme.ink,
  });
  drawLegend(root, data, size.width, theme);
  drawPoints(root, data, plot, theme);
  if (data.caption) {
    appendCaption(root, linesOfCaption(data.caption, size.width - 2), 0, head + PLOT + FOOT, theme);
  }
  return node;
}

function drawLegend(root: SvgGroup, data: SearchFrontData, width: number, theme: FigureTheme): void {
  const group = root.append('g').attr('class', 'legend');
  const places = legendPlaces(data.strategies, width);
  data.strategies.forEach(({ title }, i) => {
    const { x, row } = places[i];
    const baseline = 34 + row * LEGEND_LINE;
    const colour = strategyColour(i, theme);
    group
      .append('path')
      .attr('transform', `translate(${round(x + 6)} ${baseline - 4})`)
      .attr('d', strategyMark(i, 52))
      .attr('fill', colour);
    appendText(group, title, x + 16, baseline, { size: LABEL, weight: 600, colour });
  });
}

/** "12k", "3.4M": ticks of a logarithmic axis. */
export function shortCount(value: number): string {
  const units: [number, string][] = [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ];
  for (const [size, letter] of units) {
    if (value >= size) return `${Number((value / size).toPrecision(3))}${letter}`;
  }
  return String(Number(value.toPrecision(2)));
}

function drawPoints(root: SvgGroup, data: SearchFrontData, plot: Box, theme: FigureTheme): void {
  const [lowCost = 1, highCost = 10] = extent(data.points, ({ cost }) => cost);
  const [low = 0, high = 1] = extent(data.points, ({ accuracy }) => accuracy);
  const margin = Math.max(0.01, (high - low) * 0.12);
  const x = scaleLog([lowCost / 1.12, highCost * 1.12], [plot.x, plot.x + plot.width]);
  const y = scaleLinear(
    [Math.max(0, low - margin), Math.min(1, high + margin)],
    [plot.y + plot.height, plot.y],
  ).nice(5);
  drawScales(root, data, plot, x, y, theme);
  const group = root.append('g').attr('class', 'points');
  data.fronts.forEach((front, i) => {
    if (front.length === 0) return;
    const steps = front.map(({ cost, accuracy }, n) =>
      n === 0 ? `M${round(x(cost))} ${round(y(accuracy))}` : `H${round(x(cost))}V${round(y(accuracy))}`,
    );
    group
      .append('path')
      .attr('class', 'front')
      .attr('d', `${steps.join('')}H${round(plot.x + plot.width)}`)
      .attr('fill', 'none')
      .attr('stroke', strategyColour(i, theme))
      .attr('stroke-width', i === 0 ? 2 : 1.25)
      .attr('stroke-opacity', i === 0 ? 0.9 : 0.6);
  });
  // The method itself is drawn last, over its controls.
  for (const point of [...data.points].sort((a, b) => b.strategy - a.strategy)) {
    const colour = strategyColour(point.strategy, theme);
    const mark = group
      .append('path')
      .attr('class', point.kept ? 'network kept' : 'network refused')
      .attr('transform', `translate(${round(x(point.cost))} ${round(y(point.accuracy))})`)
      .attr('d', strategyMark(point.strategy, point.first ? 120 : 58))
      .attr('fill', point.kept ? colour : theme.paper)
      .attr('stroke', point.kept ? theme.paper : colour)
      .attr('stroke-width', point.kept ? 1 : 1.5);
    mark.append('title').text(pointInWords(point, data));
  }
}

function drawScales(
  root: SvgGroup,
  data: SearchFrontData,
  plot: Box,
  x: ReturnType<typeof scaleLog<number, number>>,
  y: ReturnType<typeof scaleLinear<number, number>>,
  theme: FigureTheme,
): void {
  const scale = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  const style = { size: SMALL, colour: theme.faint } as const;
  const digits = y.domain()[1] - y.domain()[0] < 0.05 ? 1 : 0;
  for (const tick of y.ticks(5)) {
    appendLine(scale, [plot.x, y(tick)], [plot.x + plot.width, y(tick)], theme.rule);
    appendText(scale, `${(tick * 100).toFixed(digits)} %`, plot.x - 7, y(tick) + 3.5, {
      ...style,
      anchor: 'end',
    });
  }
  const foot = plot.y + plot.height;
  let end = Number.NEGATIVE_INFINITY;
  for (const tick of x.ticks(5)) {
    const text = shortCount(tick);
    const half = textWidth(text, SMALL) / 2;
    const at = x(tick);
    if (at - half < end + 8 || at + half > plot.x + plot.width + 12) continue;
    appendLine(scale, [at, foot], [at, foot + 4], theme.nullLine);
    appendText(scale, text, at, foot + 16, { ...style, anchor: 'middle' });
    end = at + half;
  }
  appendText(scale, data.cost, plot.x + plot.width, foot + 32, {
    size: SMALL,
    colour: theme.soft,
    anchor: 'end',
  });
}

const pointInWords = (point: FrontPoint, { strategies, cost }: SearchFrontData) =>
  say('{title}, {name}: {accuracy} % at {cost} {cost2}{part}', {
    title: strategies[point.strategy].title,
    name: point.name,
    accuracy: (point.accuracy * 100).toFixed(1),
    cost: shortCount(point.cost),
    cost2: cost,
    part: point.kept ? '' : say(', put back'),
  });

/** The fronts, read aloud. */
function inWords(data: SearchFrontData): string {
  const told = data.strategies.map(({ title }, i) => {
    const steps = data.fronts[i].map(({ cost, accuracy }) =>
      say('{accuracy} % at {cost}', { accuracy: (accuracy * 100).toFixed(1), cost: shortCount(cost) }),
    );
    return `${title}: ${steps.join(say(', ')) || say('none yet')}.`;
  });
  return say('Best accuracy for {cost}. {told}', { cost: data.cost, told: told.join(' ') });
}
