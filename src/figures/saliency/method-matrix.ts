import { captionHeight, drawCaption, drawText } from '../kit/canvas-text';
import { shortenText, textWidth } from '../kit/chart-text';
import { drawLayerNames } from '../kit/draw-layer-names';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize } from '../kit/figure-types';
import { type LayerAxis, layerAxis } from '../kit/layer-axis';
import { type NamePlan, planNames } from '../kit/layer-names';
import { formatEntropy } from '../kit/number-format';
import type { HeatStyle } from './heat-style';
import type { MethodMap } from './method-tiles';
import { drawFrame, drawThumbnail } from './thumbnail';

export interface MethodMatrixData extends HeatStyle {
  readonly layers: readonly string[];
  /** One row a method, one map a layer. */
  readonly rows: readonly { readonly name: string; readonly maps: readonly MethodMap[] }[];
  /** Row and column of the cell in use; null outlines none. */
  readonly selected: { readonly row: number; readonly column: number } | null;
  readonly picture: CanvasImageSource | null;
  /** Width over height of the network's input; 1 unless given. */
  readonly aspect?: number;
  readonly caption?: string;
}

export interface MethodMatrixLayout {
  readonly axis: LayerAxis;
  /** Natural height in pixels. */
  readonly height: number;
  /** By row and column: where a click takes a cell. */
  readonly cells: readonly (readonly Box[])[];
  readonly maps: readonly (readonly Box[])[];
  readonly names: NamePlan;
  readonly nameBaseline: number;
  readonly captionTop: number;
}

/** Room for the methods' names at the left. */
export const MATRIX_GUTTER = 92;
const RIGHT = 8;
const LARGEST = 96;
const VALUE = 14;
const GAP = 7;
const SMALL = 10;
const TEXT_SIZE = 11;

/** Geometry of the matrix at this width: what the page lays its buttons over. */
export function methodMatrixLayout(
  width: number,
  { layers, rows, selected, aspect = 1, caption }: Omit<MethodMatrixData, keyof HeatStyle | 'picture'>,
): MethodMatrixLayout {
  const axis = layerAxis(width, layers.length, { left: MATRIX_GUTTER, right: RIGHT });
  const side = Math.max(1, Math.floor(Math.min(LARGEST, axis.step - Math.max(4, axis.step * 0.12))));
  const tall = Math.max(1, Math.round(side / aspect));
  const names = planNames(layers, axis.step, selected?.column);
  const top = names.height + 14;
  const pitch = tall + VALUE + GAP;
  const place = (row: number, column: number) => ({
    x: Math.round(axis.x(column) - side / 2),
    y: top + row * pitch,
    width: side,
    height: tall,
  });
  const bottom = top + rows.length * pitch;
  return {
    axis,
    height: bottom + captionHeight(caption, axis.right - 4),
    cells: rows.map((_, row) =>
      layers.map((_, column) => ({
        x: axis.left + column * axis.step,
        y: top + row * pitch - GAP / 2,
        width: axis.step,
        height: pitch,
      })),
    ),
    maps: rows.map((_, row) => layers.map((_, column) => place(row, column))),
    names,
    nameBaseline: names.height + 2,
    captionTop: bottom,
  };
}

/** Draws methods by layers, one small heat map a cell on one layer axis, its entropy below where there is room. */
export function drawMethodMatrix(
  ctx: Context2D,
  data: MethodMatrixData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const layout = methodMatrixLayout(size.width, data);
  const { axis, maps, cells } = layout;
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  const column = data.selected && cells[0]?.[data.selected.column];
  if (column) {
    ctx.fillStyle = theme.accentSoft;
    ctx.fillRect(column.x, 0, column.width, layout.captionTop);
  }
  drawLayerNames(ctx, layout.names, axis, layout.nameBaseline, data.selected?.column ?? null, theme);
  const widest = textWidth('−0.00', SMALL, 600);
  data.rows.forEach(({ name, maps: row }, r) => {
    const chosenRow = r === data.selected?.row;
    const first = maps[r][0];
    if (first) {
      const style = {
        size: TEXT_SIZE,
        weight: chosenRow ? 600 : 400,
        colour: chosenRow ? theme.accent : theme.ink,
      } as const;
      const label = shortenText(name, MATRIX_GUTTER - 12, TEXT_SIZE, 600);
      drawText(ctx, label, 4, first.y + first.height / 2 + 4, style, theme);
    }
    row.forEach((cell, c) => {
      const chosen = chosenRow && c === data.selected?.column;
      if (cell.map) drawThumbnail(ctx, { ...cell, lo: 0, picture: data.picture }, data, maps[r][c], theme);
      else drawAbsence(ctx, maps[r][c], theme);
      if (chosen) drawFrame(ctx, maps[r][c], theme);
      if (cell.entropy === null || cell.outcome === 'none' || !(widest + 2 <= axis.step || chosen)) return;
      const style = {
        size: SMALL,
        weight: chosen ? 600 : 400,
        colour: chosen ? theme.accent : theme.faint,
        align: 'center',
      } as const;
      const y = maps[r][c].y + maps[r][c].height + VALUE - 2;
      drawText(ctx, formatEntropy(cell.entropy), axis.x(c), y, style, theme);
    });
  });
  if (data.caption) drawCaption(ctx, data.caption, 4, layout.captionTop, axis.right - 4, theme);
  ctx.restore();
}

/** A short dash: a whole frame for every map that was not asked for would outweigh those that are there. */
function drawAbsence(ctx: Context2D, box: Box, theme: FigureTheme): void {
  ctx.fillStyle = theme.grey;
  ctx.fillRect(Math.round(box.x + box.width / 2) - 4, Math.round(box.y + box.height / 2), 8, 1);
}
