import { extent } from 'd3-array';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { say } from '../../text/say';
import { captionHeight, drawCaption, drawText, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Context2D, FigureSize } from '../kit/figure-types';
import { LABEL_X } from '../kit/layer-axis';
import { appendLine, appendText, figureSvg, round, TABULAR } from '../kit/svg-nodes';
import { picturesInWords } from './study-profile';

/** Whether the network named the picture right; `unknown` where no true class is known. */
export type StudyAnswer = 'right' | 'wrong' | 'unknown';

/** Two numbers of every picture. NaN: the picture has no point. */
export interface StudyScatterData {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly answers: readonly StudyAnswer[];
  readonly xName: string;
  readonly yName: string;
  /** Correlations in words. */
  readonly note: string;
  /** Index of the picture that stands out. */
  readonly selected: number | null;
  readonly title?: string;
  readonly caption?: string;
}

export interface ScatterLayout {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly radius: number;
  readonly opacity: number;
  readonly headBaseline: number;
}

const GUTTER = 56;
const HEAD = 34;
const AXIS = 40;
const PLOT = 300;
const TITLE = 24;

/** Natural height in pixels at this width. */
export function studyScatterHeight(data: StudyScatterData, width: number): number {
  const caption = data.caption ? captionHeight(data.caption, width - LABEL_X) + 4 : 0;
  return (data.title ? TITLE : 0) + HEAD + PLOT + AXIS + caption;
}

export function studyScatterLayout(
  data: Pick<StudyScatterData, 'x' | 'y' | 'title'>,
  width: number,
): ScatterLayout {
  const head = (data.title ? TITLE : 0) + HEAD;
  const [left, right, top, bottom] = [GUTTER, width - 12, head, head + PLOT];
  const points = data.x.reduce((sum, x, i) => sum + (isPoint(x, data.y[i]) ? 1 : 0), 0);
  return {
    x: scaleLinear(domain(data.x), [left, right]).nice(),
    y: scaleLinear(domain(data.y), [bottom, top]).nice(),
    left,
    right,
    top,
    bottom,
    // Ten thousand points still show where they are dense.
    radius: points > 2000 ? 1.75 : points > 200 ? 2.5 : 3.5,
    opacity: points > 2000 ? 0.35 : points > 200 ? 0.55 : 0.8,
    headBaseline: (data.title ? TITLE : 0) + 12,
  };
}

const isPoint = (x: number, y: number) => Number.isFinite(x) && Number.isFinite(y);

function domain(values: Float64Array): [number, number] {
  const [low, high] = extent(values.filter(Number.isFinite));
  if (low === undefined || high === undefined) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

const answerColour = (answer: StudyAnswer, theme: FigureTheme): string =>
  ({ right: theme.blue, wrong: theme.accent, unknown: theme.soft })[answer];

/** In the order in which they are drawn: the few wrong ones must not lie below the many right ones. */
const order: readonly StudyAnswer[] = ['unknown', 'right', 'wrong'];

/** Draws a point a picture. */
export function drawStudyScatter(
  ctx: Context2D,
  data: StudyScatterData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const layout = studyScatterLayout(data, size.width);
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  const text: Write = (words, x, y, style) =>
    drawText(
      ctx,
      words,
      x,
      y,
      {
        ...style,
        align: ({ end: 'right', middle: 'center', start: 'left' } as const)[style.anchor ?? 'start'],
      },
      theme,
    );
  const rule: Rule = ([x1, y1], [x2, y2], colour) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
    ctx.stroke();
  };
  drawFrame(data, layout, theme, text, rule);
  ctx.globalAlpha = layout.opacity;
  for (const answer of order) {
    ctx.fillStyle = answerColour(answer, theme);
    for (const i of pointsOf(data, answer)) {
      ctx.beginPath();
      ctx.arc(layout.x(data.x[i]), layout.y(data.y[i]), layout.radius, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.globalAlpha = 1;
  const { selected } = data;
  if (selected !== null && isPoint(data.x[selected], data.y[selected])) {
    ctx.strokeStyle = theme.ink;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.arc(layout.x(data.x[selected]), layout.y(data.y[selected]), layout.radius + 3, 0, 2 * Math.PI);
    ctx.stroke();
  }
  if (data.caption) {
    drawCaption(ctx, data.caption, LABEL_X, layout.bottom + AXIS, size.width - LABEL_X, theme);
  }
}

/** The same in vectors. */
export function studyScatter(
  document: Document,
  data: StudyScatterData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = studyScatterLayout(data, size.width);
  const { node, root } = figureSvg(document, size, theme, {
    title: data.title ?? 'Scatter',
    description: scatterInWords(data),
  });
  const frame = root.append('g').attr('class', 'frame').attr('style', TABULAR);
  drawFrame(
    data,
    layout,
    theme,
    (words, x, y, style) => appendText(frame, words, x, y, style),
    (from, to, colour) => appendLine(frame, from, to, colour),
  );
  for (const answer of order) {
    const group = root
      .append('g')
      .attr('class', answer)
      .attr('fill', answerColour(answer, theme))
      .attr('fill-opacity', layout.opacity);
    for (const i of pointsOf(data, answer)) {
      group
        .append('circle')
        .attr('cx', round(layout.x(data.x[i])))
        .attr('cy', round(layout.y(data.y[i])))
        .attr('r', layout.radius);
    }
  }
  const lines = linesOfCaption(data.caption, size.width - LABEL_X);
  appendCaption(root, lines, LABEL_X, layout.bottom + AXIS, theme);
  return node;
}

interface WriteStyle {
  readonly size: number;
  readonly colour: string;
  readonly weight?: 400 | 600;
  readonly anchor?: 'start' | 'middle' | 'end';
}
type Write = (text: string, x: number, y: number, style: WriteStyle) => void;
type Rule = (from: readonly [number, number], to: readonly [number, number], colour: string) => void;

/** Title, legend, axes and their names, on whatever it is drawn. */
function drawFrame(
  data: StudyScatterData,
  layout: ScatterLayout,
  theme: FigureTheme,
  text: Write,
  rule: Rule,
): void {
  const { x, y, left, right, top, bottom } = layout;
  if (data.title) text(data.title, LABEL_X, 15, { size: 13, weight: 600, colour: theme.ink });
  const legend = [
    { words: data.yName, colour: theme.ink, weight: 600 as const },
    ...order
      .toReversed()
      .filter((answer) => data.answers.includes(answer))
      .map((answer) => ({
        words: answer === 'unknown' ? say('class not known') : answer,
        colour: answerColour(answer, theme),
        weight: 400 as const,
      })),
    { words: data.note, colour: theme.faint, weight: 400 as const },
  ];
  let at = 4;
  for (const { words, colour, weight } of legend) {
    const wide = textWidth(words, 11, weight);
    if (at + wide > right) break;
    text(words, at, layout.headBaseline, { size: 11, colour, weight });
    at += wide + 14;
  }
  const tick = { size: 10, colour: theme.faint } as const;
  const yTicks = Math.max(3, Math.round((bottom - top) / 44));
  for (const value of y.ticks(yTicks)) {
    rule([left, y(value)], [right, y(value)], theme.rule);
    text(written(y, yTicks, value), left - 8, y(value) + 3.5, { ...tick, anchor: 'end' });
  }
  const xTicks = Math.max(3, Math.round((right - left) / 90));
  for (const value of x.ticks(xTicks)) {
    rule([x(value), top], [x(value), bottom], theme.rule);
    text(written(x, xTicks, value), x(value), bottom + 15, { ...tick, anchor: 'middle' });
  }
  text(data.xName, (left + right) / 2, bottom + 33, {
    size: 11,
    weight: 600,
    colour: theme.ink,
    anchor: 'middle',
  });
}

const written = (scale: ScaleLinear<number, number>, count: number, value: number) =>
  scale.tickFormat(count)(value).replace('-', '−');

function* pointsOf({ x, y, answers }: StudyScatterData, answer: StudyAnswer): Generator<number> {
  for (let i = 0; i < x.length; i++) if (answers[i] === answer && isPoint(x[i], y[i])) yield i;
}

/** The picture whose point is nearest to a place, no further away than `reach` pixels; null where none is. */
export function scatterPointAt(
  data: Pick<StudyScatterData, 'x' | 'y'>,
  layout: ScatterLayout,
  px: number,
  py: number,
  reach = 10,
): number | null {
  let nearest: number | null = null;
  let least = reach ** 2;
  for (let i = 0; i < data.x.length; i++) {
    if (!isPoint(data.x[i], data.y[i])) continue;
    const distance = (layout.x(data.x[i]) - px) ** 2 + (layout.y(data.y[i]) - py) ** 2;
    if (distance > least) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

export function scatterInWords({ xName, yName, x, y, note }: StudyScatterData): string {
  const points = x.reduce((sum, value, i) => sum + (isPoint(value, y[i]) ? 1 : 0), 0);
  return say('{yName} against {xName} of {points}. {note}', {
    yName,
    xName,
    points: picturesInWords(points),
    note,
  });
}
