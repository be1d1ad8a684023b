import { say } from '../../text/say';
import { drawText } from '../kit/canvas-text';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, SaliencyGrid } from '../kit/figure-types';
import { drawHeatPicture, type HeatPicture } from './heat-picture';
import type { HeatStyle } from './heat-style';

const SMALL = 10;

/** What a small picture shows; its map is null while it is not there. */
export type Thumbnail = Omit<HeatPicture, 'map'> & { readonly map: SaliencyGrid | null };

/** Draws a small heat picture; an empty frame without a map, a hatched one without evidence. */
export function drawThumbnail(
  ctx: Context2D,
  content: Thumbnail,
  style: HeatStyle,
  box: Box,
  theme: FigureTheme,
): void {
  const { map } = content;
  if (!map) {
    ctx.fillStyle = theme.panel;
    ctx.fillRect(box.x, box.y, box.width, box.height);
  } else if (content.outcome === 'none' && style.view !== 'image') {
    hatch(ctx, box, theme);
  } else {
    drawHeatPicture(ctx, { ...content, map }, style, box, theme);
    return;
  }
  ctx.strokeStyle = theme.rule;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
}

/** Frames what is selected. */
export function drawFrame(ctx: Context2D, box: Box, theme: FigureTheme): void {
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2;
  ctx.strokeRect(box.x - 2, box.y - 2, box.width + 4, box.height + 4);
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
  const width = textWidth(say('none'), SMALL) + 8;
  if (width + 4 <= box.width && box.height >= 18) {
    const middle = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    ctx.fillStyle = theme.panel;
    ctx.fillRect(middle - width / 2, y - 8, width, 16);
    drawText(ctx, say('none'), middle, y + 3.5, { size: SMALL, colour: theme.soft, align: 'center' }, theme);
  }
  ctx.restore();
}
