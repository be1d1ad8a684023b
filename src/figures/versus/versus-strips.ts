import { say } from '../../text/say';
import { captionHeight, drawCaption, drawText } from '../kit/canvas-text';
import { textWidth } from '../kit/chart-text';
import { drawLayerNames } from '../kit/draw-layer-names';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize } from '../kit/figure-types';
import { LABEL_X, layerAxis, NARROW_WIDTH } from '../kit/layer-axis';
import { NAME_SIZE, type NamePlan, planNames } from '../kit/layer-names';
import { type FilmStripLayout, filmStripLayout, SMALL } from '../saliency/film-strip-layout';
import { rowsOfColumns } from '../saliency/rows-of-columns';
import { drawFrame } from '../saliency/thumbnail';
import { drawDifference, drawSide, sideColours, type VersusData } from './versus-data';

/** Between two rows of maps, in pixels. */
const GAP = 8;
const FOOT = 6;
const ROW_GAP = 10;

export interface VersusStripsLayout {
  readonly height: number;
  readonly strip: FilmStripLayout;
  /** By layer: the map of the one, of the other, and their difference. */
  readonly a: readonly Box[];
  readonly b: readonly Box[];
  readonly difference: readonly Box[];
  /** Names of the second one's layers, where they may differ. */
  readonly partners: NamePlan | null;
  readonly partnersBaseline: number;
  readonly sharedBaseline: number;
}

/** Geometry of the paired strips at this width. */
export function versusStripsLayout(data: VersusData, width: number): VersusStripsLayout {
  const strip = filmStripLayout(width, data.layers.length, {
    names: data.layers.map(({ name }) => name),
    ...{ selected: data.selected, aspect: data.a.aspect, columns: data.columns, title: data.title },
  });
  const partners = data.byDepth
    ? planNames(
        data.layers.map(({ b }) => b.name),
        strip.axis.step,
        data.selected,
      )
    : null;
  const below = (boxes: readonly Box[], gap: number, aspect: number) =>
    boxes.map(({ x, y, width: side, height }) => ({
      ...{ x, y: y + height + gap, width: side },
      height: Math.max(1, Math.round(side / aspect)),
    }));
  const a = strip.thumbnails;
  const b = below(a, GAP + (partners ? partners.height + 4 : 0), data.b.aspect);
  const difference = below(b, GAP, data.a.aspect);
  const bottomOf = (boxes: readonly Box[]) => (boxes[0] ? boxes[0].y + boxes[0].height : 0);
  const sharedBaseline = bottomOf(difference) + 16;
  const { left, right } = strip.axis;
  return {
    ...{ strip, a, b, difference, partners, sharedBaseline },
    partnersBaseline: bottomOf(a) + GAP + (partners?.height ?? 0) - 2,
    height: sharedBaseline + FOOT + captionHeight(data.caption, right - left),
  };
}

const sharedText = (shared: number | null) => (shared === null ? '' : `${Math.round(shared * 100)} %`);

/** Draws the strips of both sides and their difference on the axis of the layers, the share of common evidence below. */
export function drawVersusStrips(
  ctx: Context2D,
  data: VersusData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const layout = versusStripsLayout(data, size.width);
  const { strip, partners } = layout;
  const { axis, drawn } = strip;
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  const column = data.selected === null ? undefined : strip.boxes[data.selected];
  if (column) {
    ctx.fillStyle = theme.accentSoft;
    ctx.fillRect(column.x, column.y, column.width, layout.sharedBaseline + FOOT - column.y);
  }
  if (data.title) drawText(ctx, data.title, LABEL_X, 15, { size: 13, weight: 600, colour: theme.ink }, theme);
  drawLayerNames(ctx, strip.names, axis, strip.nameBaseline, data.selected, theme);
  if (partners) drawLayerNames(ctx, partners, axis, layout.partnersBaseline, data.selected, theme);
  data.layers.forEach((layer, i) => {
    if (!drawn.has(i)) return;
    drawSide(ctx, layer.a, data.a, data, layout.a[i], theme);
    drawSide(ctx, layer.b, data.b, data, layout.b[i], theme);
    drawDifference(ctx, layer, data, layout.difference[i], theme);
  });
  if (data.selected !== null && layout.a[data.selected])
    for (const boxes of [layout.a, layout.b, layout.difference]) drawFrame(ctx, boxes[data.selected], theme);
  drawShared(ctx, data, layout, theme);
  drawRowLabels(ctx, size.width, layout, theme);
  if (data.caption) {
    const top = layout.sharedBaseline + FOOT;
    drawCaption(ctx, data.caption, axis.left, top, axis.right - axis.left, theme);
  }
  ctx.restore();
}

/** The share of evidence at the same places, under the columns that have room for it. */
function drawShared(
  ctx: Context2D,
  data: VersusData,
  { strip, sharedBaseline }: VersusStripsLayout,
  theme: FigureTheme,
): void {
  const widest = textWidth('100 %', SMALL, 600) + 4;
  const every = Math.max(1, Math.ceil(widest / strip.axis.step));
  data.layers.forEach(({ shared }, i) => {
    const chosen = i === data.selected;
    const near = data.selected !== null && Math.abs(i - data.selected) < every;
    if (!chosen && (i % every !== 0 || near)) return;
    const style = {
      ...{ size: SMALL, align: 'center' as const },
      ...{ weight: chosen ? (600 as const) : (400 as const), colour: chosen ? theme.ink : theme.soft },
    };
    drawText(ctx, sharedText(shared), strip.axis.x(i), sharedBaseline, style, theme);
  });
}

function drawRowLabels(
  ctx: Context2D,
  width: number,
  { a, b, difference, sharedBaseline }: VersusStripsLayout,
  theme: FigureTheme,
): void {
  const colours = sideColours(theme);
  const narrow = width < NARROW_WIDTH;
  const x = narrow ? 2 : LABEL_X;
  const rows = [
    ['A', a, colours.a],
    ['B', b, colours.b],
    ['A − B', difference, theme.ink],
  ] as const;
  for (const [text, boxes, colour] of rows) {
    if (!boxes[0]) continue;
    const y = boxes[0].y + boxes[0].height / 2 + NAME_SIZE / 3;
    drawText(ctx, text, x, y, { size: NAME_SIZE, weight: 600, colour }, theme);
  }
  drawText(ctx, say('shared'), x, sharedBaseline, { size: SMALL, colour: theme.faint }, theme);
}

const heightOf = (row: VersusData, width: number) => versusStripsLayout(row, width).height + ROW_GAP;

/** Height in pixels of the strips for print at this width, the caption included. */
export function versusRowsHeight(data: VersusData, width: number): number {
  const { left, right } = layerAxis(width, 1);
  const rows = rowsOfColumns(data, width).reduce((sum, row) => sum + heightOf(row, width), 0);
  return rows - ROW_GAP + captionHeight(data.caption, right - left);
}

/** Draws the strips in as many rows as their pictures need to be seen. */
export function drawVersusRows(ctx: Context2D, data: VersusData, size: FigureSize, theme: FigureTheme): void {
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  let y = 0;
  for (const row of rowsOfColumns(data, size.width)) {
    const height = heightOf(row, size.width);
    ctx.save();
    ctx.translate(0, y);
    drawVersusStrips(ctx, row, { width: size.width, height }, theme);
    ctx.restore();
    y += height;
  }
  const { left, right } = layerAxis(size.width, 1);
  if (data.caption) drawCaption(ctx, data.caption, left, y - ROW_GAP, right - left, theme);
}
