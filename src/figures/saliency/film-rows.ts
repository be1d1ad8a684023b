import { captionHeight, drawCaption } from '../kit/canvas-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Context2D, FigureSize } from '../kit/figure-types';
import { freeMargins } from '../kit/layer-axis';
import { drawFilmStrip, type FilmStripData, filmStripLayoutOf } from './film-strip';
import { rowsOfColumns } from './rows-of-columns';

const GAP = 6;

/** A strip in rows; names are shortened among those of all. */
const rowsOf = (data: FilmStripData, width: number): FilmStripData[] =>
  rowsOfColumns(
    { ...data, free: true, allNames: data.layers.map(({ name }) => name) },
    width,
    freeMargins(width),
  );

const rowHeight = (row: FilmStripData, width: number) => filmStripLayoutOf(row, width).height + GAP;

function captionWidth(width: number): number {
  const { left, right } = freeMargins(width);
  return width - left - right;
}

/** Height in pixels of a strip for print at this width, its caption included. */
export function filmRowsHeight(data: FilmStripData, width: number): number {
  const rows = rowsOf(data, width).reduce((sum, row) => sum + rowHeight(row, width), 0);
  return rows - GAP + captionHeight(data.caption, captionWidth(width));
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
  const { left } = freeMargins(size.width);
  if (data.caption) drawCaption(ctx, data.caption, left, y - GAP, captionWidth(size.width), theme);
}
