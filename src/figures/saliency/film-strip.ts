import { say } from '../../text/say';
import { drawCaption, drawText } from '../kit/canvas-text';
import { shortenText, textWidth } from '../kit/chart-text';
import { drawLayerNames } from '../kit/draw-layer-names';
import type { FigureTheme } from '../kit/figure-theme';
import type { Context2D, FigureSize, MeasureLabel, SaliencyGrid } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { thinLabels } from '../kit/layer-names';
import { formatEntropy } from '../kit/number-format';
import { type FilmStripLayout, filmStripLayout, SMALL, sizeRuns } from './film-strip-layout';
import type { HeatStyle } from './heat-style';
import { drawFrame, drawThumbnail } from './thumbnail';

export interface FilmStripLayer {
  readonly name: string;
  /** Null while the map is still on its way: an empty frame. */
  readonly map: SaliencyGrid | null;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
  /** Saliency in the first and in the last colour of this thumbnail. */
  readonly lo: number;
  readonly hi: number;
  /** `none`: the map is zero everywhere; drawn hatched. */
  readonly outcome: 'evidence' | 'none';
  /** Entropy in the current measure; null while it is being computed. */
  readonly value: number | null;
}

export interface FilmStripData extends HeatStyle {
  readonly layers: readonly FilmStripLayer[];
  readonly selected: number | null;
  readonly picture: CanvasImageSource | null;
  readonly measure: MeasureLabel;
  /** Width over height of the network's input; 1 unless given. */
  readonly aspect?: number;
  /** Columns that there is room for, where they are more than the layers. */
  readonly columns?: number;
  /** Whether it stands by itself, not over charts on the same axis. */
  readonly free?: boolean;
  /** Names of the layers in all rows, where the strip is one of them. */
  readonly allNames?: readonly string[];
  readonly title?: string;
  readonly caption?: string;
}

/** Geometry of the strip for its data: what the page lays its buttons over. */
export function filmStripLayoutOf(data: FilmStripData, width: number): FilmStripLayout {
  return filmStripLayout(width, data.layers.length, {
    ...data,
    names: data.layers.map((layer) => layer.name),
    values: data.layers.map(valueText),
  });
}

/** Draws all layers as thumbnails on the layer axis: name above, size and entropy below. */
export function drawFilmStrip(
  ctx: Context2D,
  data: FilmStripData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const layout = filmStripLayoutOf(data, size.width);
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  const column = data.selected === null ? undefined : layout.boxes[data.selected];
  if (column) {
    ctx.fillStyle = theme.accentSoft;
    // Down to the figure's end, so that the column runs on into the chart below.
    const bottom = data.caption ? column.y + column.height : size.height;
    ctx.fillRect(column.x, column.y, column.width, bottom - column.y);
  }
  if (data.title) drawText(ctx, data.title, LABEL_X, 15, { size: 13, weight: 600, colour: theme.ink }, theme);
  drawLayerNames(ctx, layout.names, layout.axis, layout.nameBaseline, data.selected, theme);
  data.layers.forEach((layer, i) => {
    if (layout.drawn.has(i))
      drawThumbnail(ctx, { ...layer, picture: data.picture }, data, layout.thumbnails[i], theme);
  });
  if (data.selected !== null && layout.thumbnails[data.selected]) {
    drawFrame(ctx, layout.thumbnails[data.selected], theme);
  }
  drawSizes(ctx, data, layout, theme);
  drawValues(ctx, data, layout, theme);
  if (size.width >= NARROW_WIDTH) drawRowLabels(ctx, data, layout, theme);
  if (data.caption) {
    const { left, right } = layout.axis;
    drawCaption(ctx, data.caption, left, layout.captionTop, right - left, theme);
  }
  ctx.restore();
}

/** Layers of one size as a group: a line under them all, with the size in its middle where there is room. */
function drawSizes(ctx: Context2D, data: FilmStripData, layout: FilmStripLayout, theme: FigureTheme): void {
  const { axis, sizeBaseline } = layout;
  const runs = sizeRuns(data.layers);
  const spans = runs.map(({ at, text }, i) => {
    const end = runs[i + 1]?.at ?? data.layers.length;
    const [left, right] = [axis.left + at * axis.step, axis.left + end * axis.step];
    const width = textWidth(text, SMALL);
    // A size wider than its group must not leave the figure at the last layer.
    return { left, right, width, at: Math.min((left + right) / 2, axis.right - width / 2) };
  });
  const named = new Set(thinLabels(spans, 4));
  const y = Math.round(sizeBaseline - SMALL / 2 + 1);
  spans.forEach(({ left, right, width, at }, i) => {
    const gap = Math.min(3, axis.step / 8);
    const [from, to] = [Math.round(left + gap), Math.round(right - gap)];
    const half = named.has(i) ? width / 2 + 5 : 0;
    ctx.fillStyle = theme.grey;
    for (const [start, end] of half > 0
      ? [
          [from, at - half],
          [at + half, to],
        ]
      : [[from, to]]) {
      if (end - start >= 2) ctx.fillRect(Math.round(start), y, Math.round(end) - Math.round(start), 1);
    }
    if (!named.has(i)) return;
    const style = { size: SMALL, colour: theme.faint, align: 'center' } as const;
    drawText(ctx, runs[i].text, at, sizeBaseline, style, theme);
  });
}

/** A map without evidence gets no number: its zero would read as perfect order. */
const valueText = ({ value, outcome }: FilmStripLayer): string =>
  value === null || outcome === 'none' ? '' : formatEntropy(value);

/** Every layer's entropy, turned where it is wider than its column. */
function drawValues(ctx: Context2D, data: FilmStripData, layout: FilmStripLayout, theme: FigureTheme): void {
  const { axis, valueBaseline, values } = layout;
  values.labels.forEach((text, i) => {
    if (!text) return;
    const chosen = i === data.selected;
    const style = {
      size: SMALL,
      weight: chosen ? 600 : 400,
      colour: chosen ? theme.accent : theme.soft,
    } as const;
    if (!values.turned) {
      drawText(ctx, text, axis.x(i), valueBaseline, { ...style, align: 'center' }, theme);
      return;
    }
    ctx.save();
    ctx.translate(axis.x(i) + SMALL * 0.36, valueBaseline - SMALL + 2);
    ctx.rotate(-Math.PI / 2);
    drawText(ctx, text, 0, 0, { ...style, align: 'right' }, theme);
    ctx.restore();
  });
}

function drawRowLabels(
  ctx: Context2D,
  data: FilmStripData,
  layout: FilmStripLayout,
  theme: FigureTheme,
): void {
  const style = { size: SMALL, colour: theme.faint } as const;
  const unit = data.measure.unit === 'bits' ? say('entropy, bits') : say('entropy');
  drawText(ctx, say('size'), LABEL_X, layout.sizeBaseline, style, theme);
  const room = layout.axis.left - LABEL_X - 4;
  drawText(ctx, shortenText(unit, room, SMALL), LABEL_X, layout.valueBaseline, style, theme);
}
