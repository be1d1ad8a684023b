import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { say } from '../../text/say';
import { captionHeight, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { layerAxis } from '../kit/layer-axis';
import { planNames } from '../kit/layer-names';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';

export interface TrustRow {
  readonly name: string;
  /** Which way is better; null where no way is. */
  readonly better: 'high' | 'low' | null;
  /** By layer; null where there is no value. */
  readonly values: readonly (number | null)[];
}

export interface TrustByLayerData {
  readonly layers: readonly string[];
  readonly selected: number;
  /** The layer whose map holds best; null where none is said to. */
  readonly best: number | null;
  readonly rows: readonly TrustRow[];
  readonly title?: string;
  readonly caption?: string;
}

const MARGINS = { left: 8, right: 8 };
const SMALL = 10;
const LABEL = 11;
const HEAD = 15;
const PLOT = 24;
const ROW = HEAD + PLOT + 6;
const TITLE = 24;

/** Natural height in pixels of the figure at this width, names and caption included. */
export function trustByLayerHeight(width: number, data: TrustByLayerData): number {
  return belowRows(width, data) + captionHeight(data.caption, width - 2);
}

const topOf = ({ title }: TrustByLayerData) => (title ? TITLE : 0);
const axisOf = (width: number, { layers }: TrustByLayerData) => layerAxis(width, layers.length, MARGINS);
const namesOf = (width: number, data: TrustByLayerData) =>
  planNames(data.layers, axisOf(width, data).step, data.selected);
const belowRows = (width: number, data: TrustByLayerData) =>
  topOf(data) + data.rows.length * ROW + 4 + namesOf(width, data).height;

/** The layer whose column is at `px` of a figure of this width. */
export const trustLayerAt = (px: number, width: number, count: number): number =>
  layerAxis(width, count, MARGINS).index(px);

/** Draws one small chart a measure, each in its own scale, all on one axis of layers. */
export function trustByLayer(
  document: Document,
  data: TrustByLayerData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: data.title ?? say('Trust by layer'),
    description: inWords(data),
  });
  const axis = axisOf(size.width, data);
  const top = topOf(data);
  if (data.title)
    appendText(root, data.title, MARGINS.left, 14, { size: 13, colour: theme.ink, weight: 600 });
  root
    .append('rect')
    .attr('class', 'selected')
    .attr('x', round(axis.x(data.selected) - axis.step / 2))
    .attr('y', top)
    .attr('width', round(axis.step))
    .attr('height', data.rows.length * ROW)
    .attr('fill', theme.accentSoft);
  data.rows.forEach((row, i) => {
    drawRow(root, row, data, { top: top + i * ROW, width: size.width, x: axis.x }, theme);
  });
  const below = top + data.rows.length * ROW + 4;
  appendLayerNames(root, namesOf(size.width, data), axis, below, data.selected, theme);
  if (data.caption) {
    appendCaption(root, linesOfCaption(data.caption, size.width - 2), 0, belowRows(size.width, data), theme);
  }
  return node;
}

interface Place {
  top: number;
  width: number;
  x(layer: number): number;
}

function drawRow(
  root: SvgGroup,
  { name, better, values }: TrustRow,
  { selected, best }: TrustByLayerData,
  { top, width, x }: Place,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'measure').attr('style', TABULAR);
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = scaleLinear([low, high > low ? high : low + 1], [top + HEAD + PLOT - 3, top + HEAD + 3]);
  const own = values[selected];
  const told = own === null || own === undefined ? '–' : trustNumber(own);
  const range =
    known.length > 1 ? say('{low} to {high}', { low: trustNumber(low), high: trustNumber(high) }) : '';
  const right = width - MARGINS.right;
  appendText(group, told, right, top + 11, { size: LABEL, colour: theme.ink, weight: 600, anchor: 'end' });
  const toldWidth = textWidth(told, LABEL, 600);
  appendText(group, range, right - toldWidth - 8, top + 11, {
    ...{ size: SMALL, colour: theme.faint, anchor: 'end' },
  });
  const room = right - MARGINS.left - toldWidth - textWidth(range, SMALL) - 22;
  const label =
    better === null
      ? name
      : say('{name}, {part} is better', { name, part: better === 'high' ? say('higher') : say('lower') });
  appendText(group, shortenText(label, room, LABEL), MARGINS.left, top + 11, {
    ...{ size: LABEL, colour: theme.soft },
  });
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, i) => round(x(i)))
    .y((value) => round(y(value as number)));
  group
    .append('path')
    .attr('d', path(values as (number | null)[]) ?? '')
    .attr('fill', 'none')
    .attr('stroke', better === null ? theme.nullLine : theme.blue)
    .attr('stroke-width', 1.5);
  values.forEach((value, i) => {
    if (value === null) return;
    group
      .append('circle')
      .attr('cx', round(x(i)))
      .attr('cy', round(y(value)))
      .attr('r', i === selected ? 3.2 : 2)
      .attr('fill', i === selected ? theme.accent : better === null ? theme.nullLine : theme.blue);
    if (i !== best || better === null) return;
    group
      .append('circle')
      .attr('class', 'best')
      .attr('cx', round(x(i)))
      .attr('cy', round(y(value)))
      .attr('r', 5.2)
      .attr('fill', 'none')
      .attr('stroke', theme.amber)
      .attr('stroke-width', 1.6);
  });
}

/** Two decimals, and two significant digits of what is smaller. */
export function trustNumber(value: number): string {
  const size = Math.abs(value);
  const text =
    size === 0 ? '0' : size < 0.01 ? value.toPrecision(2) : size < 10 ? value.toFixed(2) : value.toFixed(1);
  return text.replace('-', '−');
}

function inWords({ rows, layers, selected, best }: TrustByLayerData): string {
  const told = rows
    .map(({ name, values }) => {
      const value = values[selected];
      return `${name} ${value === null || value === undefined ? 'none' : trustNumber(value)}`;
    })
    .join(say(', '));
  const holds = best === null ? '' : say(' {layer} holds best.', { layer: layers[best] });
  return `${layers[selected]}: ${told}.${holds}`;
}
