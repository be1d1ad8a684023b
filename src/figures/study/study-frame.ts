import { extent } from 'd3-array';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type BelowChart, belowChart, NAMES_GAP } from '../kit/below-chart';
import { appendCaption } from '../kit/chart-frame';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import { LABEL_X, type LayerAxis, layerAxis, NARROW_WIDTH } from '../kit/layer-axis';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { sizeRuns } from '../saliency/film-strip-layout';

/** A mean over pictures with its band. */
export interface StudyPoint {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface StudyChartLayer {
  readonly name: string;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
}

/** What every chart over the layers of a study has in common. */
export interface StudyChartData {
  readonly layers: readonly StudyChartLayer[];
  readonly title?: string;
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
const TITLE = 24;
/** Above a panel: what is drawn in it, in its colours. */
const HEAD = 25;
const GAP = 10;
const FOOT = 8;

export interface StudyPanel {
  readonly headBaseline: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where panels, names and caption of a chart stand, one panel under the other on one layer axis. */
export interface StudyFrame {
  readonly axis: LayerAxis;
  readonly width: number;
  /** Natural height of the whole chart. */
  readonly height: number;
  readonly panels: readonly StudyPanel[];
  readonly below: BelowChart;
  readonly namesTop: number;
  readonly captionTop: number;
}

/** @param heights of the panels' plots, in pixels */
export function studyFrame(data: StudyChartData, width: number, heights: readonly number[]): StudyFrame {
  const axis = layerAxis(width, data.layers.length);
  const below = belowChart({ ...data, layerNames: true, selected: null }, axis);
  let y = data.title ? TITLE : 0;
  const panels = heights.map((height, i) => {
    if (i > 0) y += GAP;
    const top = y + HEAD;
    y = top + height;
    return { headBaseline: top - 13, top, bottom: y };
  });
  return {
    axis,
    width,
    height: Math.ceil(y + below.namesHeight + below.captionHeight + FOOT),
    panels,
    below,
    namesTop: y + NAMES_GAP,
    captionTop: y + below.namesHeight,
  };
}

export interface HeadEntry {
  readonly text: string;
  readonly colour: string;
  readonly strong?: boolean;
}

/** A name in fewer pixels tells nothing. */
const LEAST_ROOM = 40;

/** Says above a panel what is drawn in it, each in its colour; a long name is shortened, and what no longer fits is left out. */
export function drawHead(
  root: SvgGroup,
  frame: StudyFrame,
  { headBaseline }: StudyPanel,
  entries: readonly HeadEntry[],
): void {
  const group = root.append('g').attr('class', 'head');
  let x = frame.width < NARROW_WIDTH ? 4 : frame.axis.left;
  for (const { text, colour, strong } of entries) {
    const weight = strong ? 600 : 400;
    const room = frame.axis.right + 1 - x;
    const shown = room < LEAST_ROOM ? '' : shortenText(text, room, LABEL, weight);
    const width = textWidth(shown, LABEL, weight);
    if (shown === '') return;
    appendText(group, shown, x, headBaseline, { size: LABEL, colour, weight });
    x += width + 14;
  }
}

/** Grid lines across a panel with their numbers in the gutter. */
export function drawTicks(
  root: SvgGroup,
  { axis }: Pick<StudyFrame, 'axis'>,
  y: ScaleLinear<number, number>,
  theme: FigureTheme,
  format?: (value: number) => string,
): void {
  const group = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  const [bottom, top] = y.range();
  const count = Math.max(2, Math.round((bottom - top) / 36));
  const written = format ?? y.tickFormat(count);
  for (const tick of y.ticks(count)) {
    const zero = tick === 0 && y.domain()[0] < 0;
    appendLine(group, [axis.left, y(tick)], [axis.right, y(tick)], zero ? theme.nullLine : theme.rule);
    const style = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
    appendText(group, written(tick).replace('-', '−'), axis.left - 8, y(tick) + 3.5, style);
  }
}

/** Dotted lines where the spatial size changes. */
export function drawResizes(
  root: SvgGroup,
  data: StudyChartData,
  frame: StudyFrame,
  theme: FigureTheme,
): void {
  const [first, last] = [frame.panels[0], frame.panels[frame.panels.length - 1]];
  for (const { at } of sizeRuns(data.layers).slice(1)) {
    const x = frame.axis.left + at * frame.axis.step;
    appendLine(root, [x, first.top - 2], [x, last.bottom + 4], theme.grey, '1.5 3.5').attr(
      'class',
      'resizes',
    );
  }
}

/** Title above, names of the layers and caption below. */
export function drawAround(
  root: SvgGroup,
  data: StudyChartData,
  frame: StudyFrame,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'labels');
  if (data.title) {
    appendText(group, data.title, LABEL_X, 15, { size: 13, weight: 600, colour: theme.ink });
  }
  appendLayerNames(group, frame.below.names, frame.axis, frame.namesTop, null, theme);
  appendCaption(group, frame.below.captionLines, frame.axis.left, frame.captionTop, theme);
}

/** A domain that holds all of the values; from zero unless all of them lie far above it. */
export function domainOf(values: readonly number[], { ratio = false, zero = false } = {}): [number, number] {
  const [least, most] = extent(values.filter(Number.isFinite));
  const low = least ?? 0;
  const high = most ?? 1;
  const floor = ratio || zero || low < high / 2 ? Math.min(0, low) : low;
  const ceiling = ratio ? Math.max(1, high) : zero ? Math.max(0, high) : high;
  const room = Math.max(ceiling, floor + 1e-6);
  const [from, to] = scaleLinear([floor, room], [0, 1]).nice(4).domain();
  return [from, to];
}

export const isThere = (point: StudyPoint | null): point is StudyPoint =>
  point !== null && Number.isFinite(point.mean);
