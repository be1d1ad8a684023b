import { captionHeight, drawCaption } from '../kit/canvas-text';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Context2D, FigureSize } from '../kit/figure-types';
import { layerAxis } from '../kit/layer-axis';
import { NAME_SIZE } from '../kit/layer-names';
import { drawFilmStrip, type FilmStripData, filmStripLayoutOf } from './film-strip';

/** Narrower columns than this, in pixels, show no picture any more: the strip goes on in another row. */
const NARROWEST = 44;
/** Names that take more than this are turned rather than given room. */
const WIDEST_NAME = 68;
const GAP = 6;

/** A strip in rows of equal columns, as even as they come. */
function rowsOf(data: FilmStripData, width: number): FilmStripData[] {
  const { left, right } = layerAxis(width, 1);
  const names = Math.max(...data.layers.map(({ name }) => textWidth(name, NAME_SIZE, 600))) + 4;
  const narrowest = names <= WIDEST_NAME ? Math.max(NARROWEST, names) : NARROWEST;
  const most = Math.max(1, Math.floor((right - left) / narrowest));
  const count = Math.max(1, Math.ceil(data.layers.length / most));
  const columns = Math.ceil(data.layers.length / count);
  return Array.from({ length: count }, (_, row) => ({
    ...data,
    columns,
    allNames: data.layers.map(({ name }) => name),
    layers: data.layers.slice(row * columns, (row + 1) * columns),
    title: row === 0 ? data.title : undefined,
    caption: undefined,
  }));
}

const rowHeight = (row: FilmStripData, width: number) => filmStripLayoutOf(row, width).height + GAP;

/** Height in pixels of a strip for print at this width, its caption included. */
export function filmRowsHeight(data: FilmStripData, width: number): number {
  const rows = rowsOf(data, width).reduce((sum, row) => sum + rowHeight(row, width), 0);
  const { left, right } = layerAxis(width, 1);
  return rows - GAP + captionHeight(data.caption, right - left);
}

/** Draws all layers in as many rows as their pictures need to be seen. */
export function drawFilmRows(
  ctx: Context2D,
  data: FilmStripData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  let y = 0;
  for (const row of rowsOf(data, size.width)) {
    ctx.save();
    ctx.translate(0, y);
    drawFilmStrip(ctx, row, { width: size.width, height: rowHeight(row, size.width) }, theme);
    ctx.restore();
    y += rowHeight(row, size.width);
  }
  const { left, right } = layerAxis(size.width, 1);
  if (data.caption) drawCaption(ctx, data.caption, left, y - GAP, right - left, theme);
}
