import { say } from '../../text/say';
import { captionHeight, drawCaption, drawText } from '../kit/canvas-text';
import { shortenText } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize, SaliencyGrid } from '../kit/figure-types';
import { formatEntropy } from '../kit/number-format';
import type { HeatStyle } from './heat-style';
import { drawFrame, drawThumbnail } from './thumbnail';

/** One layer by one method. */
export interface MethodMap {
  /** Null where the method has not computed it. */
  readonly map: SaliencyGrid | null;
  /** Saliency in the last colour; the first colour is 0. */
  readonly hi: number;
  readonly outcome: 'evidence' | 'none';
  /** In the current measure; null while it is being computed and where there is no evidence. */
  readonly entropy: number | null;
  /** Correlations with the reference's map; null where there is none to speak of. */
  readonly linear: number | null;
  readonly rank: number | null;
}

export interface MethodTile extends MethodMap {
  /** Name of the method. */
  readonly name: string;
  /** Whether the others are likened to this one. */
  readonly reference: boolean;
}

export interface MethodTilesData extends HeatStyle {
  readonly tiles: readonly MethodTile[];
  /** The tile of the method in use; null frames none. */
  readonly selected: number | null;
  readonly picture: CanvasImageSource | null;
  /** Width over height of the network's input; 1 unless given. */
  readonly aspect?: number;
  readonly caption?: string;
}

export interface MethodTilesLayout {
  /** Natural height in pixels. */
  readonly height: number;
  /** Name, map and numbers of each tile. */
  readonly boxes: readonly Box[];
  readonly maps: readonly Box[];
  readonly captionTop: number;
}

const GAP = 18;
const EDGE = 4;
const NAME = 20;
const LINE = 15;
const TEXT_SIZE = 11;
/** From this width on, two rows; below it three columns, on a phone two. */
const TWO_ROWS_FROM = 900;
const THREE_COLUMNS_FROM = 372;

/** Geometry of the tiles at this width: what the page lays its buttons over. */
export function methodTilesLayout(
  width: number,
  { tiles, aspect = 1, caption }: Pick<MethodTilesData, 'tiles' | 'aspect' | 'caption'>,
): MethodTilesLayout {
  const columns = columnsAt(width, tiles.length);
  const side = Math.max(1, Math.floor((width - 2 * EDGE - (columns - 1) * GAP) / columns));
  const tall = Math.max(1, Math.round(side / aspect));
  const pitch = NAME + tall + 2 * LINE + 18;
  const boxes = tiles.map((_, i) => ({
    x: EDGE + (i % columns) * (side + GAP),
    y: Math.floor(i / columns) * pitch,
    width: side,
    height: NAME + tall + 2 * LINE + 6,
  }));
  const bottom = Math.ceil(tiles.length / columns) * pitch - 6;
  return {
    height: bottom + captionHeight(caption, width - 2 * EDGE),
    boxes,
    maps: boxes.map(({ x, y }) => ({ x, y: y + NAME, width: side, height: tall })),
    captionTop: bottom,
  };
}

function columnsAt(width: number, count: number): number {
  if (width >= TWO_ROWS_FROM) return Math.max(1, Math.ceil(count / 2));
  return width >= THREE_COLUMNS_FROM ? 3 : 2;
}

/** Draws one layer by all methods side by side: each map on its own scale, its numbers below. */
export function drawMethodTiles(
  ctx: Context2D,
  data: MethodTilesData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const layout = methodTilesLayout(size.width, data);
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  data.tiles.forEach((tile, i) => {
    const box = layout.maps[i];
    const chosen = i === data.selected;
    const name = shortenText(tile.name, box.width, 12, 600);
    const style = { size: 12, weight: 600, colour: chosen ? theme.accent : theme.ink } as const;
    drawText(ctx, name, box.x, box.y - 6, style, theme);
    drawThumbnail(ctx, { ...tile, lo: 0, picture: data.picture }, data, box, theme);
    if (chosen) drawFrame(ctx, box, theme);
    drawNumbers(ctx, tile, box, theme);
  });
  if (data.caption) drawCaption(ctx, data.caption, EDGE, layout.captionTop, size.width - 2 * EDGE, theme);
  ctx.restore();
}

function drawNumbers(ctx: Context2D, tile: MethodTile, box: Box, theme: FigureTheme): void {
  if (!tile.map) return;
  const [first, second] = [box.y + box.height + LINE + 2, box.y + box.height + 2 * LINE + 2];
  const write = (text: string, y: number, colour: string) =>
    drawText(ctx, shortenText(text, box.width, TEXT_SIZE), box.x, y, { size: TEXT_SIZE, colour }, theme);
  if (tile.outcome === 'none') {
    write(say('no positive evidence'), first, theme.soft);
    return;
  }
  if (tile.entropy !== null)
    write(say('entropy {entropy}', { entropy: formatEntropy(tile.entropy) }), first, theme.soft);
  if (tile.reference) write(say('the reference'), second, theme.faint);
  else if (tile.linear !== null && tile.rank !== null) {
    write(
      say('linear {linear}  rank {rank}', {
        linear: formatEntropy(tile.linear),
        rank: formatEntropy(tile.rank),
      }),
      second,
      theme.faint,
    );
  }
}
