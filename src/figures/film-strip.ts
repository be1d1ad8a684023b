import { drawCaption, drawText } from './canvas-text';
import { type FilmStripLayout, filmStripLayout, sizeRuns } from './film-strip-layout';
import { formatEntropy, formatSize } from './format';
import { drawHeatPicture } from './heat-picture';
import { LABEL_X, NARROW_WIDTH } from './layer-axis';
import { NAME_SIZE, thinLabels } from './layer-names';
import type { HeatStyle } from './saliency';
import { shortenText, textWidth } from './text';
import type { FigureTheme } from './theme';
import type { Box, Context2D, FigureSize, MeasureLabel, SaliencyGrid } from './types';

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
  readonly title?: string;
  readonly caption?: string;
}

/** Sizes and values. */
const SMALL = 10;

/** Geometry of the strip for its data: what the page lays its buttons over. */
export function filmStripLayoutOf(data: FilmStripData, width: number): FilmStripLayout {
  return filmStripLayout(width, data.layers.length, {
    ...data,
    names: data.layers.map((layer) => layer.name),
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
  drawNames(ctx, data, layout, theme);
  data.layers.forEach((layer, i) => {
    drawThumbnail(ctx, data, layer, layout.thumbnails[i], theme);
  });
  if (data.selected !== null && layout.thumbnails[data.selected]) {
    frame(ctx, layout.thumbnails[data.selected], theme);
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

function drawNames(ctx: Context2D, data: FilmStripData, layout: FilmStripLayout, theme: FigureTheme): void {
  layout.names.labels.forEach((label, i) => {
    const chosen = i === data.selected;
    const style = {
      size: NAME_SIZE,
      weight: chosen ? 600 : 400,
      colour: chosen ? theme.ink : theme.soft,
    } as const;
    if (!layout.names.turned) {
      drawText(ctx, label, layout.axis.x(i), layout.nameBaseline, { ...style, align: 'center' }, theme);
    } else if (label) {
      ctx.save();
      ctx.translate(layout.axis.x(i) + NAME_SIZE * 0.36, layout.nameBaseline);
      ctx.rotate(-Math.PI / 2);
      drawText(ctx, label, 0, 0, style, theme);
      ctx.restore();
    }
  });
}

function drawThumbnail(
  ctx: Context2D,
  data: FilmStripData,
  layer: FilmStripLayer,
  box: Box,
  theme: FigureTheme,
): void {
  if (!layer.map) {
    ctx.fillStyle = theme.panel;
    ctx.fillRect(box.x, box.y, box.width, box.height);
  } else if (layer.outcome === 'none' && data.view !== 'image') {
    hatch(ctx, box, theme);
  } else {
    drawHeatPicture(ctx, { ...layer, map: layer.map, picture: data.picture }, data, box, theme);
    return;
  }
  ctx.strokeStyle = theme.rule;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
}

/** No evidence is no dark map: an empty, hatched frame says so. */
function hatch(ctx: Context2D, box: Box, theme: FigureTheme): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.width, box.height);
  ctx.clip();
  ctx.fillStyle = theme.panel;
  ctx.fillRect(box.x, box.y, box.width, box.height);
  ctx.strokeStyle = theme.grey;
  ctx.lineWidth = 0.75;
  ctx.beginPath();
  for (let x = box.x - box.height; x < box.x + box.width; x += 6) {
    ctx.moveTo(x, box.y + box.height);
    ctx.lineTo(x + box.height, box.y);
  }
  ctx.stroke();
  const width = textWidth('none', SMALL) + 8;
  if (width + 4 <= box.width && box.height >= 18) {
    const middle = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    ctx.fillStyle = theme.panel;
    ctx.fillRect(middle - width / 2, y - 8, width, 16);
    drawText(ctx, 'none', middle, y + 3.5, { size: SMALL, colour: theme.soft, align: 'center' }, theme);
  }
  ctx.restore();
}

function frame(ctx: Context2D, box: Box, theme: FigureTheme): void {
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2;
  ctx.strokeRect(box.x - 2, box.y - 2, box.width + 4, box.height + 4);
}

/** Every layer's size where they all fit, else each size once, where it begins. */
function drawSizes(ctx: Context2D, data: FilmStripData, layout: FilmStripLayout, theme: FigureTheme): void {
  const all = data.layers.map((layer, at) => ({ at, text: formatSize(layer.width, layer.height) }));
  const widest = Math.max(0, ...all.map(({ text }) => textWidth(text, SMALL)));
  const labels = widest + 14 <= layout.axis.step ? all : sizeRuns(data.layers);
  const spans = labels.map(({ at, text }) => ({ at: layout.axis.x(at), width: textWidth(text, SMALL) }));
  for (const i of thinLabels(spans, 4)) {
    const style = { size: SMALL, colour: theme.faint, align: 'center' } as const;
    drawText(ctx, labels[i].text, spans[i].at, layout.sizeBaseline, style, theme);
  }
}

/**
 * Every layer's entropy where they all fit, else that of the selected layer alone. A map without evidence gets
 * no number: its zero would read as perfect order.
 */
function drawValues(ctx: Context2D, data: FilmStripData, layout: FilmStripLayout, theme: FigureTheme): void {
  const texts = data.layers.map((layer) =>
    layer.value === null || layer.outcome === 'none' ? '' : formatEntropy(layer.value),
  );
  const widest = Math.max(0, ...texts.map((text) => textWidth(text, SMALL, 600)));
  const roomy = widest + 4 <= layout.axis.step;
  texts.forEach((text, i) => {
    const chosen = i === data.selected;
    if (!text || !(roomy || chosen)) return;
    const style = {
      size: SMALL,
      weight: chosen ? 600 : 400,
      colour: chosen ? theme.accent : theme.soft,
      align: 'center',
    } as const;
    // A value wider than its column must not leave the figure at the last layer.
    const x = Math.min(layout.axis.x(i), layout.axis.right - textWidth(text, SMALL, 600) / 2);
    drawText(ctx, text, x, layout.valueBaseline, style, theme);
  });
}

function drawRowLabels(
  ctx: Context2D,
  data: FilmStripData,
  layout: FilmStripLayout,
  theme: FigureTheme,
): void {
  const style = { size: SMALL, colour: theme.faint } as const;
  const unit = data.measure.unit === 'bits' ? 'entropy, bits' : 'entropy';
  drawText(ctx, 'size', LABEL_X, layout.sizeBaseline, style, theme);
  const room = layout.axis.left - LABEL_X - 4;
  drawText(ctx, shortenText(unit, room, SMALL), LABEL_X, layout.valueBaseline, style, theme);
}
