import { extent, mean, min } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { say } from '../../text/say';
import { captionHeight, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { textWidth, widthWithSpace } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { NAME_SIZE, planNames } from '../kit/layer-names';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';

export interface RandomisedWeightsData {
  /** From the last layer down, one layer at a time, or from the first up; left out, from the last down. */
  readonly order?: 'cascading' | 'independent' | 'from-the-bottom';
  /** The layer that each column randomises: with those of the columns before it, unless each is randomised by itself. */
  readonly randomised: readonly string[];
  readonly layers: readonly {
    readonly name: string;
    /** For every column the rank correlations of its draws; null where a map is the same everywhere. */
    readonly similarity: readonly (readonly (number | null)[])[];
  }[];
  /** The layer drawn in full; the others are thin lines behind it. */
  readonly selected: number;
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
const GUTTER = 40;
const RIGHT = 14;
const HEAD = 28;
const PLOT = 176;
/** Below the names: what the columns are. */
const AXIS_NAME = 20;

/** A column: mean and range of its draws, a map that is gone counting as 0; the mean is null where no draw left one. */
interface Point {
  readonly mean: number | null;
  readonly low: number;
  readonly high: number;
}

/** Natural height in pixels of the figure at this width, names and caption included. */
export function randomisedWeightsHeight(width: number, data: RandomisedWeightsData): number {
  return belowPlot(width, data) + captionHeight(data.caption, width - 2);
}

const stepOf = (width: number, { randomised }: RandomisedWeightsData) =>
  (width - GUTTER - RIGHT) / (randomised.length + 0.5);

const namesOf = (width: number, data: RandomisedWeightsData) =>
  planNames([say('trained'), ...data.randomised], stepOf(width, data));

const belowPlot = (width: number, data: RandomisedWeightsData) =>
  HEAD + PLOT + 8 + namesOf(width, data).height + AXIS_NAME;

/** Draws how like the trained network's map each layer's map stays as the weights of one layer after the other are randomised. */
export function randomisedWeights(
  document: Document,
  data: RandomisedWeightsData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Randomised weights'),
    description: inWords(data),
  });
  const step = stepOf(size.width, data);
  const x = (column: number) => GUTTER + step / 4 + column * step;
  const curves = data.layers.map(pointsOf);
  const lowest = Math.min(0, min(curves.flat(), ({ low }) => low) ?? 0);
  const y = scaleLinear([lowest < -0.02 ? Math.floor(lowest * 4) / 4 : 0, 1], [HEAD + PLOT, HEAD]);
  const scale = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  for (const tick of y.ticks(5)) {
    const rule = tick === 0 ? theme.nullLine : theme.rule;
    appendLine(scale, [GUTTER, y(tick)], [size.width - RIGHT, y(tick)], rule);
    const text = tick
      .toFixed(y.ticks(5).every((at) => at === Math.round(at * 10) / 10) ? 1 : 2)
      .replace('-', '−');
    appendText(scale, text, GUTTER - 6, y(tick) + 3.5, { size: SMALL, colour: theme.faint, anchor: 'end' });
  }
  const path = line<Point>()
    .x((_, i) => round(x(i)))
    .y(({ mean: value }) => round(y(value ?? 0)));
  // One layer at a time is no course: nothing leads from a column to the next.
  const alone = data.order === 'independent';
  curves.forEach((points, i) => {
    if (i === data.selected || alone) return;
    root
      .append('path')
      .attr('class', 'other')
      .attr('d', path(points))
      .attr('fill', 'none')
      .attr('stroke', theme.grey)
      .attr('stroke-opacity', 0.7);
  });
  const chosen = curves[data.selected];
  if (chosen) drawChosen(root, chosen, { x, y, path, alone }, theme);
  drawHead(root, data, size, theme);
  drawNames(root, data, size, x, theme);
  if (data.caption) {
    appendCaption(root, linesOfCaption(data.caption, size.width - 2), 0, belowPlot(size.width, data), theme);
  }
  return node;
}

/** The curve from the trained network, which is like itself, through all columns. */
function pointsOf({ similarity }: RandomisedWeightsData['layers'][number]): Point[] {
  const columns = similarity.map((draws): Point => {
    const values = draws.map((draw) => draw ?? 0);
    const [low = 0, high = 0] = extent(values);
    return { mean: draws.every((draw) => draw === null) ? null : (mean(values) ?? null), low, high };
  });
  return [{ mean: 1, low: 1, high: 1 }, ...columns];
}

interface Frame {
  x(column: number): number;
  y(value: number): number;
  path(points: Point[]): string | null;
  /** Whether columns stand by themselves. */
  alone: boolean;
}

function drawChosen(root: SvgGroup, points: Point[], frame: Frame, theme: FigureTheme): void {
  const { x, y } = frame;
  const group = root.append('g').attr('class', 'selected');
  if (frame.alone) drawRanges(group, points, frame, theme);
  else drawCourse(group, points, frame, theme);
  points.forEach(({ mean: value }, i) => {
    group
      .append('circle')
      .attr('cx', round(x(i)))
      .attr('cy', round(y(value ?? 0)))
      .attr('r', 3)
      .attr('fill', value === null ? theme.paper : theme.accent)
      .attr('stroke', theme.accent);
  });
}

function drawRanges(group: SvgGroup, points: Point[], { x, y }: Frame, theme: FigureTheme): void {
  points.forEach(({ low, high }, i) => {
    group
      .append('line')
      .attr('class', 'range')
      .attr('x1', round(x(i)))
      .attr('x2', round(x(i)))
      .attr('y1', round(y(low)))
      .attr('y2', round(y(high)))
      .attr('stroke', theme.accent)
      .attr('stroke-opacity', 0.5)
      .attr('stroke-width', 2);
  });
}

function drawCourse(group: SvgGroup, points: Point[], { x, y, path }: Frame, theme: FigureTheme): void {
  const band = area<Point>()
    .x((_, i) => round(x(i)))
    .y0(({ low }) => round(y(low)))
    .y1(({ high }) => round(y(high)));
  group
    .append('path')
    .attr('class', 'range')
    .attr('d', band(points))
    .attr('fill', theme.accent)
    .attr('fill-opacity', 0.14);
  group
    .append('path')
    .attr('class', 'mean')
    .attr('d', path(points))
    .attr('fill', 'none')
    .attr('stroke', theme.accent)
    .attr('stroke-width', 2)
    .attr('stroke-linejoin', 'round');
}

function drawHead(root: SvgGroup, data: RandomisedWeightsData, size: FigureSize, theme: FigureTheme): void {
  const name = data.layers[data.selected]?.name ?? '';
  const parts = [
    { text: say('Likeness to the map of the trained network'), colour: theme.ink, weight: 600 as const },
    { text: name, colour: theme.accent, weight: 600 as const },
    ...(data.layers.length > 1 && data.order !== 'independent'
      ? [{ text: say('other layers'), colour: theme.faint, weight: 400 as const }]
      : []),
  ];
  const head = root.append('g').attr('class', 'head');
  const short =
    size.width < 420 ? [{ ...parts[0], text: say('Likeness of the map') }, ...parts.slice(1)] : parts;
  let at = 0;
  for (const { text, colour, weight } of short) {
    appendText(head, text, at, 12, { size: LABEL, colour, weight });
    at += widthWithSpace(text, LABEL, { weight, least: 12 });
  }
}

function drawNames(
  root: SvgGroup,
  data: RandomisedWeightsData,
  size: FigureSize,
  x: (column: number) => number,
  theme: FigureTheme,
): void {
  const names = namesOf(size.width, data);
  const top = HEAD + PLOT + 8;
  const group = root.append('g').attr('class', 'names');
  names.labels.forEach((text, i) => {
    if (!text) return;
    const style = { size: NAME_SIZE, colour: i === 0 ? theme.ink : theme.soft } as const;
    if (!names.turned) {
      // The first name must not run into the gutter's edge.
      const centre = Math.max(x(i), textWidth(text, NAME_SIZE) / 2);
      appendText(group, text, centre, top + NAME_SIZE, { ...style, anchor: 'middle' });
      return;
    }
    const turned = group
      .append('g')
      .attr('transform', `translate(${round(x(i) + NAME_SIZE * 0.36)} ${round(top)}) rotate(-90)`);
    appendText(turned, text, 0, 0, { ...style, anchor: 'end' });
  });
  appendText(
    group,
    say('weights randomised{data} …', { data: ofColumns(data) }),
    GUTTER,
    top + names.height + 15,
    {
      size: SMALL,
      colour: theme.soft,
    },
  );
}

const ofColumns = ({ order = 'cascading' }: Pick<RandomisedWeightsData, 'order'>): string =>
  ({
    cascading: say(', from the last layer down to'),
    independent: say(' of one layer, all others trained:'),
    'from-the-bottom': say(', from the first layer up to'),
  })[order];

function inWords({ order, layers, selected, randomised }: RandomisedWeightsData): string {
  const layer = layers[selected];
  if (!layer) return '';
  const told = pointsOf(layer)
    .slice(1)
    .map(({ mean: value }, i) => `${randomised[i]} ${value === null ? say('no map') : value.toFixed(2)}`);
  return say(
    'Rank correlation of the map of {name} with that of the trained network, weights randomised{ofColumns}: {told}.',
    { name: layer.name, ofColumns: ofColumns({ order }), told: told.join(say(', ')) },
  );
}
