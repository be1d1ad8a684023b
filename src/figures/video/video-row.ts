import { scaleLinear } from 'd3-scale';
import { say } from '../../text/say';
import { captionHeight, drawCaption, drawText } from '../kit/canvas-text';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize, SaliencyGrid } from '../kit/figure-types';
import { LABEL_X, type LayerAxis, layerAxis, NARROW_WIDTH } from '../kit/layer-axis';
import { formatEntropy } from '../kit/number-format';
import type { HeatStyle } from '../saliency/heat-style';
import { drawFrame, drawThumbnail } from '../saliency/thumbnail';

/** One frame of a video at the layer that is shown. */
export interface VideoRowFrame {
  /** Where it stands in the video, in seconds. */
  readonly seconds: number;
  readonly picture: CanvasImageSource | null;
  /** Null until it is computed. */
  readonly map: SaliencyGrid | null;
  readonly hi: number;
  readonly outcome: 'evidence' | 'none';
  /** What is explained; null until it is known. */
  readonly explained: string | null;
  /** In the current measure; null until it is measured, and where there is no evidence. */
  readonly entropy: number | null;
  /** Mean of the null model. */
  readonly chance: number | null;
  /** Number of signs; null until they are found. */
  readonly signs: number | null;
}

export interface VideoRowData extends HeatStyle {
  readonly frames: readonly VideoRowFrame[];
  /** The layer that is shown. */
  readonly layer: string;
  /** Name of the entropy's measure. */
  readonly measure: string;
  /** The frame that is on screen; null for none. */
  readonly selected: number | null;
  /** Width over height of the network's input. */
  readonly aspect: number;
  readonly caption?: string;
}

export interface VideoRowLayout {
  readonly axis: LayerAxis;
  readonly tiles: readonly Box[];
  /** Top and bottom of the plot of entropies, and of the bars of signs. */
  readonly entropy: readonly [number, number];
  readonly signs: readonly [number, number];
  readonly captionTop: number;
  /** Natural height in pixels. */
  readonly height: number;
}

const TIME = 18;
const NAME = 18;
const PLOT = 80;
const BARS = 46;
const GAP = 20;
const FOOT = 8;
const LARGEST_TILE = 132;
const SMALL = 10;
const LABEL = 11;
/** A point's number stands where its column has so much room. */
const NUMBERED = 30;

/** Geometry of the row at this width: what the page lays its buttons over. */
export function videoRowLayout(
  width: number,
  { frames, aspect, caption }: Pick<VideoRowData, 'frames' | 'aspect' | 'caption'>,
): VideoRowLayout {
  const axis = layerAxis(width, frames.length);
  const side = Math.max(4, Math.min(LARGEST_TILE, Math.floor(axis.step) - 4));
  const tall = Math.round(side / aspect);
  const tiles = frames.map((_, i) => ({
    x: Math.round(axis.x(i) - side / 2),
    y: TIME,
    width: side,
    height: tall,
  }));
  const entropyTop = TIME + tall + NAME + GAP;
  const signsTop = entropyTop + PLOT + GAP + 4;
  const captionTop = signsTop + BARS + FOOT;
  return {
    ...{ axis, tiles, captionTop },
    entropy: [entropyTop, entropyTop + PLOT],
    signs: [signsTop, signsTop + BARS],
    height: captionTop + captionHeight(caption, axis.right - axis.left),
  };
}

/** Draws a video's frames over time at one layer: each with its map, and below them entropy beside its null, and the number of signs. */
export function drawVideoRow(ctx: Context2D, data: VideoRowData, size: FigureSize, theme: FigureTheme): void {
  const layout = videoRowLayout(size.width, data);
  const { axis, tiles, captionTop } = layout;
  const { frames, selected, caption } = data;
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  if (selected !== null && frames[selected]) {
    ctx.fillStyle = theme.accentSoft;
    ctx.fillRect(axis.x(selected) - axis.step / 2, 0, axis.step, captionTop - FOOT / 2);
  }
  drawTimes(ctx, frames, layout, theme);
  frames.forEach((frame, i) => {
    drawThumbnail(ctx, { ...frame, lo: 0 }, data, tiles[i], theme);
    if (i === selected) drawFrame(ctx, tiles[i], theme);
  });
  drawNames(ctx, frames, layout, theme);
  drawEntropies(ctx, data, layout, theme);
  drawSigns(ctx, frames, layout, theme);
  if (size.width >= NARROW_WIDTH) {
    const word = (text: string, y: number, colour: string, weight?: 600) =>
      drawText(ctx, text, LABEL_X, y, { size: LABEL, colour, ...(weight ? { weight } : {}) }, theme);
    word(say('Frames'), TIME + 14, theme.ink, 600);
    word(shortenText(data.layer, axis.left - LABEL_X - 6, LABEL), TIME + 28, theme.soft);
    word(say('Entropy'), layout.entropy[0] + 12, theme.ink, 600);
    word(say('frame'), layout.entropy[0] + 26, theme.accent);
    word(say('null'), layout.entropy[0] + 40, theme.faint);
    word(say('Signs'), layout.signs[0] + 12, theme.ink, 600);
  }
  if (caption) drawCaption(ctx, caption, axis.left, captionTop, axis.right - axis.left, theme);
  ctx.restore();
}

/** "0.4 s", with as many decimals as tell the frames apart. */
export function secondsInWords(seconds: number, apart: number): string {
  return `${seconds.toFixed(apart >= 2 ? 0 : apart >= 0.2 ? 1 : 2)} s`;
}

function drawTimes(
  ctx: Context2D,
  frames: VideoRowData['frames'],
  { axis }: VideoRowLayout,
  theme: FigureTheme,
): void {
  const apart = frames.length > 1 ? frames[1].seconds - frames[0].seconds : 1;
  let free = 0;
  frames.forEach(({ seconds }, i) => {
    const text = secondsInWords(seconds, apart);
    const width = textWidth(text, SMALL);
    const left = axis.x(i) - width / 2;
    if (left < free) return;
    free = left + width + 6;
    drawText(ctx, text, left, TIME - 6, { size: SMALL, colour: theme.soft }, theme);
  });
}

/** What each frame is explained as, written once where it goes on. */
function drawNames(
  ctx: Context2D,
  frames: VideoRowData['frames'],
  { axis, tiles }: VideoRowLayout,
  theme: FigureTheme,
): void {
  const y = TIME + (tiles[0]?.height ?? 0) + 14;
  for (let from = 0; from < frames.length; ) {
    const { explained } = frames[from];
    let to = from + 1;
    while (to < frames.length && frames[to].explained === explained) to += 1;
    const room = (to - from) * axis.step - 6;
    const text = explained === null ? '' : shortenText(explained, room, SMALL);
    if (text && textWidth(text, SMALL) <= room) {
      const style = { size: SMALL, colour: theme.soft } as const;
      drawText(ctx, text, axis.x(from) - axis.step / 2 + 3, y, style, theme);
    }
    if (to < frames.length) {
      ctx.fillStyle = theme.rule;
      ctx.fillRect(axis.x(to) - axis.step / 2 - 0.5, y - 9, 1, 12);
    }
    from = to;
  }
}

function drawEntropies(
  ctx: Context2D,
  { frames, measure }: VideoRowData,
  { axis, entropy: [top, bottom] }: VideoRowLayout,
  theme: FigureTheme,
): void {
  const known = frames.flatMap(({ entropy, chance }) => [entropy, chance]).filter((value) => value !== null);
  if (known.length === 0) {
    // No numbers, no scale.
    ctx.fillStyle = theme.rule;
    ctx.fillRect(axis.left, bottom, axis.right - axis.left, 1);
    drawText(ctx, measure, axis.left, top - 5, { size: SMALL, colour: theme.faint }, theme);
    return;
  }
  const y = scaleLinear([Math.min(0, ...known), Math.max(0.1, ...known)], [bottom, top]).nice(3);
  for (const tick of y.ticks(3)) {
    ctx.fillStyle = theme.rule;
    ctx.fillRect(axis.left, Math.round(y(tick)), axis.right - axis.left, 1);
    const style = { size: SMALL, colour: theme.faint, align: 'right' } as const;
    drawText(ctx, formatEntropy(tick), axis.left - 6, y(tick) + 3.5, style, theme);
  }
  drawText(ctx, measure, axis.left, top - 5, { size: SMALL, colour: theme.faint }, theme);
  const line = (value: (frame: VideoRowFrame) => number | null) => {
    ctx.beginPath();
    let drawing = false;
    frames.forEach((frame, i) => {
      const at = value(frame);
      if (at !== null && drawing) ctx.lineTo(axis.x(i), y(at));
      else if (at !== null) ctx.moveTo(axis.x(i), y(at));
      drawing = at !== null;
    });
    ctx.stroke();
  };
  ctx.strokeStyle = theme.nullLine;
  ctx.lineWidth = 1.25;
  ctx.setLineDash([3, 3]);
  line(({ chance }) => chance);
  ctx.setLineDash([]);
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.75;
  line(({ entropy }) => entropy);
  frames.forEach(({ entropy, chance }, i) => {
    if (entropy === null) return;
    ctx.fillStyle = theme.accent;
    ctx.beginPath();
    ctx.arc(axis.x(i), y(entropy), axis.step < 12 ? 1.5 : 3, 0, 2 * Math.PI);
    ctx.fill();
    if (axis.step < NUMBERED) return;
    // On the side where the null's line is not.
    const below = chance !== null && chance >= entropy && y(entropy) + 15 < bottom;
    const style = { size: SMALL, colour: theme.soft, align: 'center' } as const;
    drawText(ctx, formatEntropy(entropy), axis.x(i), y(entropy) + (below ? 15 : -7), style, theme);
  });
}

function drawSigns(
  ctx: Context2D,
  frames: VideoRowData['frames'],
  { axis, signs: [top, bottom] }: VideoRowLayout,
  theme: FigureTheme,
): void {
  const most = Math.max(1, ...frames.map(({ signs }) => signs ?? 0));
  const y = scaleLinear([0, most], [bottom, top + 12]);
  ctx.fillStyle = theme.rule;
  ctx.fillRect(axis.left, bottom, axis.right - axis.left, 1);
  const width = Math.max(2, Math.min(22, axis.step * 0.45));
  frames.forEach(({ signs }, i) => {
    if (signs === null) return;
    ctx.fillStyle = theme.blue;
    ctx.fillRect(axis.x(i) - width / 2, y(signs), width, bottom - y(signs));
    const text = String(signs);
    if (textWidth(text, SMALL) + 3 > axis.step) return;
    const style = { size: SMALL, colour: theme.soft, align: 'center' } as const;
    drawText(ctx, text, axis.x(i), y(signs) - 3, style, theme);
  });
}
