import { say } from '../../text/say';
import { drawText } from '../kit/canvas-text';
import { shortenText, wrapText } from '../kit/chart-text';
import { colourAt } from '../kit/colour-maps';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize } from '../kit/figure-types';
import { shortenAmong } from '../kit/tellable';
import type { HeatStyle } from './heat-style';
import type { SaliencyFrame } from './saliency-frame';

/** A figure on the layer axis, drawn once; the cursor runs over it. */
export interface FilmChart {
  readonly image: CanvasImageSource;
  /** Of the image, in CSS pixels. */
  readonly height: number;
  /** As much of it, from its top, as is shown. */
  readonly shown: number;
  /** Where the cursor stands at a position, from the chart's left. */
  x(position: number): number;
  /** From and to where it reaches, from the chart's top. */
  readonly cursor: readonly [top: number, bottom: number];
  /** Height of the chart's curve there; null where it has none. */
  curve?(position: number): number | null;
}

/** What the film counts, in words ready to be drawn. */
export interface FilmCount {
  readonly name: string;
  readonly value: string;
  readonly null: string;
}

export interface FilmData {
  /** Name of the picture. */
  readonly title: string;
  /** What is explained, by what. */
  readonly subtitle: string;
  readonly caption: string;
  readonly layers: readonly string[];
  readonly colourMap: HeatStyle['colourMap'];
  readonly scaling: 'layer' | 'global';
  /** Width over height of the picture. */
  readonly aspect: number;
  readonly frame: SaliencyFrame;
  counts(position: number): readonly FilmCount[];
  readonly charts: readonly FilmChart[];
}

/** Size of the film in CSS pixels: a slide. */
export const filmSize: FigureSize = { width: 960, height: 540 };

const MARGIN = 28;
const TOP = 70;
/** The picture's side, or its longer one. */
const PICTURE = 408;
const RIGHT = 464;
const CHARTS_TOP = 106;
const COUNT_STEP = 190;

/** Where the charts of a film are drawn: their width and the height they have together. */
export const filmCharts: FigureSize = {
  width: filmSize.width - RIGHT - MARGIN + 12,
  height: TOP + PICTURE + 26 - CHARTS_TOP,
};

/** One picture of the film, at a position between the layers: the picture with heat and outlines, the counter, the charts with their cursor. */
export function drawFilm(ctx: Context2D, data: FilmData, position: number, theme: FigureTheme): void {
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, filmSize.width, filmSize.height);
  const title = shortenText(data.title, PICTURE, 17, 600);
  drawText(ctx, title, MARGIN, 38, { size: 17, weight: 600, colour: theme.ink }, theme);
  const subtitle = shortenText(data.subtitle, PICTURE, 12);
  drawText(ctx, subtitle, MARGIN, 56, { size: 12, colour: theme.soft }, theme);

  const [width, height] =
    data.aspect >= 1 ? [PICTURE, PICTURE / data.aspect] : [PICTURE * data.aspect, PICTURE];
  const box = { x: MARGIN + (PICTURE - width) / 2, y: TOP + (PICTURE - height) / 2, width, height };
  data.frame(ctx, position, box);
  drawScale(ctx, data, theme);

  const layer = Math.round(position);
  const name = shortenAmong(data.layers, 260, 20, 600)[layer];
  drawText(ctx, name, RIGHT, 40, { size: 20, weight: 600, colour: theme.ink }, theme);
  const place = say('layer {layer} of {layers}', { layer: layer + 1, layers: data.layers.length });
  const end = filmSize.width - MARGIN;
  drawText(ctx, place, end, 40, { size: 12, colour: theme.soft, align: 'right' }, theme);
  data.counts(position).forEach((count, i) => {
    drawCount(ctx, count, RIGHT + i * COUNT_STEP, theme);
  });

  let y = CHARTS_TOP;
  for (const chart of data.charts) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(RIGHT - 12, y, filmCharts.width, chart.shown);
    ctx.clip();
    ctx.imageSmoothingQuality = 'high';
    ctx.drawImage(chart.image, RIGHT - 12, y, filmCharts.width, chart.height);
    ctx.restore();
    drawCursor(ctx, chart, position, y, theme);
    y += chart.shown;
  }
  wrapText(data.caption, filmSize.width - 2 * MARGIN, 11)
    .slice(0, 1)
    .forEach((line) => {
      drawText(ctx, line, MARGIN, filmSize.height - 12, { size: 11, colour: theme.faint }, theme);
    });
}

function drawScale(ctx: Context2D, { colourMap, scaling }: FilmData, theme: FigureTheme): void {
  const bar: Box = { x: MARGIN, y: TOP + PICTURE + 8, width: 120, height: 7 };
  const stops = 32;
  const gradient = ctx.createLinearGradient(bar.x, 0, bar.x + bar.width, 0);
  for (let i = 0; i <= stops; i++) gradient.addColorStop(i / stops, colourAt(colourMap, i / stops));
  ctx.fillStyle = gradient;
  ctx.fillRect(bar.x, bar.y, bar.width, bar.height);
  const how =
    scaling === 'global'
      ? say('saliency, on one scale over all layers')
      : say('saliency, each layer on its own scale');
  drawText(ctx, how, bar.x + bar.width + 10, bar.y + 7.5, { size: 11, colour: theme.soft }, theme);
}

/** The null at a place of its own: digits differ in width, and it must not tremble with them. */
function drawCount(ctx: Context2D, count: FilmCount, x: number, theme: FigureTheme): void {
  drawText(ctx, count.name, x, 68, { size: 11, colour: theme.soft }, theme);
  drawText(ctx, count.value, x, 93, { size: 23, weight: 600, colour: theme.accent }, theme);
  drawText(ctx, count.null, x + 62, 93, { size: 12, colour: theme.soft }, theme);
}

function drawCursor(
  ctx: Context2D,
  chart: FilmChart,
  position: number,
  top: number,
  theme: FigureTheme,
): void {
  const x = RIGHT - 12 + chart.x(position);
  ctx.save();
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1;
  ctx.globalAlpha = 0.6;
  ctx.beginPath();
  ctx.moveTo(x, top + chart.cursor[0]);
  ctx.lineTo(x, top + chart.cursor[1]);
  ctx.stroke();
  ctx.globalAlpha = 1;
  const y = chart.curve?.(position) ?? null;
  if (y !== null) {
    ctx.beginPath();
    ctx.arc(x, top + y, 5, 0, 2 * Math.PI);
    ctx.fillStyle = theme.accent;
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = theme.paper;
    ctx.stroke();
  }
  ctx.restore();
}
