import { say } from '../../text/say';
import { CAPTION_LINE, captionHeight, drawCaption, drawText } from '../kit/canvas-text';
import { shortenText, textWidth, wrapText } from '../kit/chart-text';
import { colourAt } from '../kit/colour-maps';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize, SaliencyGrid } from '../kit/figure-types';
import { formatSaliency } from '../kit/number-format';
import { drawSignOutlines, type SignOutlines } from '../signs/sign-outlines';
import { drawHeatPicture, scratchContext } from './heat-picture';
import type { HeatStyle } from './heat-style';

export interface SaliencyData extends HeatStyle {
  /** Name of the layer. */
  readonly layer: string;
  /** The network's input; null while it is not at hand (the map is then drawn alone). */
  readonly picture: CanvasImageSource | null;
  readonly map: SaliencyGrid;
  /** Saliency in the first and in the last colour. */
  readonly lo: number;
  readonly hi: number;
  /** Whether lo and hi are this layer's or those of all layers. */
  readonly scaling: 'layer' | 'global';
  /** `none`: the map is zero everywhere. */
  readonly outcome: 'evidence' | 'none';
  /** Width over height of the network's input; 1 unless given. */
  readonly aspect?: number;
  /** Outlines of the signs, and the position of this layer among all. */
  readonly outlines?: { readonly signs: SignOutlines; readonly position: number } | null;
  readonly caption?: string;
}

type SaliencyText = Pick<SaliencyData, 'layer' | 'scaling' | 'aspect' | 'caption'>;

const BAR_GAP = 6;
const BAR_HEIGHT = 8;
const TEXT_SIZE = 11;
const NO_EVIDENCE = 'no positive evidence at this layer';

/** Where the picture is: at the top, as wide as the figure. */
export function saliencyPictureBox(width: number, aspect = 1): Box {
  return { x: 0, y: 0, width, height: Math.round(width / aspect) };
}

/** Total height in pixels of the figure at this width: picture, colour bar, legend, caption. */
export function saliencyHeight(width: number, data: SaliencyText): number {
  const legend = legendLines(data, width).length * CAPTION_LINE;
  const bar = BAR_GAP + BAR_HEIGHT + CAPTION_LINE;
  return (
    saliencyPictureBox(width, data.aspect).height + bar + legend + 4 + captionHeight(data.caption, width)
  );
}

/** How the picture is drawn on the page, where it moves. */
export interface OnPage {
  /** Draws the picture at its place. */
  frame(box: Box): void;
  /** Whether what stands below is kept for the next time that this layer comes; not before its letters have loaded. */
  keep: boolean;
}

/**
 * Draws the picture with its heat map, the colour bar and the caption. On the page, where it moves, a frame is drawn for the picture, and what is
 * written is written apart.
 */
export function drawSaliency(
  ctx: Context2D,
  data: SaliencyData,
  size: FigureSize,
  theme: FigureTheme,
  onPage?: OnPage,
): void {
  const box = saliencyPictureBox(size.width, data.aspect);
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  if (onPage) {
    onPage.frame(box);
    drawApart(ctx, { ...size, top: box.height }, onPage.keep ? keptFoot(data, theme) : null, (apart) =>
      drawFoot(apart, data, box, size, theme),
    );
  } else {
    drawPicture(ctx, data, box, theme);
    drawFoot(ctx, data, box, size, theme);
  }
  ctx.restore();
}

/**
 * Draws what stands below `top` on a canvas that lies outside of the page, and copies it, pixel by pixel. Whoever sets the font of a canvas in the
 * page has the page's styles and layout brought up to date at once, and here that was in the middle of a step of the slider.
 */
function drawApart(
  ctx: Context2D,
  { width, height, top }: FigureSize & { top: number },
  kept: Map<string, Context2D['canvas']> | null,
  draw: (apart: Context2D) => void,
): void {
  if (typeof OffscreenCanvas === 'undefined') {
    draw(ctx);
    return;
  }
  const { a: ratio } = ctx.getTransform();
  const first = Math.floor(top * ratio);
  const size = [
    Math.max(1, Math.ceil(width * ratio)),
    Math.max(1, Math.ceil(height * ratio) - first),
  ] as const;
  const key = [...size, first, ratio].join();
  let canvas = kept?.get(key);
  if (!canvas) {
    const apart = scratchContext(ctx, ...size);
    apart.setTransform(ratio, 0, 0, ratio, 0, -first);
    draw(apart);
    canvas = apart.canvas;
    kept?.clear();
    kept?.set(key, canvas);
  }
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(canvas, 0, first);
  ctx.restore();
}

/** What stood below the picture when this map was last drawn, with what it was drawn of. */
const feet = new WeakMap<
  Float32Array,
  { theme: FigureTheme; of: string; bySize: Map<string, Context2D['canvas']> }
>();

/** What is kept of the foot of a map, by its size; nothing where it would say something else than the last time. */
function keptFoot(data: SaliencyData, theme: FigureTheme): Map<string, Context2D['canvas']> {
  const { lo, hi, outcome, view, colourMap, caption } = data;
  const of = JSON.stringify([wordsBelow(data), lo, hi, outcome, view, colourMap, caption]);
  const known = feet.get(data.map.values);
  if (known?.theme === theme && known.of === of) return known.bySize;
  const bySize = new Map<string, Context2D['canvas']>();
  feet.set(data.map.values, { theme, of, bySize });
  return bySize;
}

/** Colour bar, legend and caption, below the picture. */
function drawFoot(ctx: Context2D, data: SaliencyData, box: Box, size: FigureSize, theme: FigureTheme): void {
  const bar = { x: 0, y: box.height + BAR_GAP, width: size.width, height: BAR_HEIGHT };
  if (data.outcome === 'evidence' && data.view !== 'image') drawColourBar(ctx, data, bar, theme);
  else drawEmptyBar(ctx, data, bar, theme);
  let y = bar.y + BAR_HEIGHT + CAPTION_LINE;
  for (const [left, right] of legendLines(data, size.width)) {
    y += CAPTION_LINE;
    drawText(ctx, left, 0, y, { size: TEXT_SIZE, colour: theme.soft }, theme);
    drawText(ctx, right, size.width, y, { size: TEXT_SIZE, colour: theme.faint, align: 'right' }, theme);
  }
  if (data.caption) drawCaption(ctx, data.caption, 0, y + 4, size.width, theme);
}

function drawPicture(ctx: Context2D, data: SaliencyData, box: Box, theme: FigureTheme): void {
  drawHeatPicture(ctx, data, data, box, theme);
  if (data.outcome === 'none' && data.view !== 'image') drawNoEvidence(ctx, box, theme);
  if (data.outlines) drawSignOutlines(ctx, data.outlines.signs, data.outlines.position, box);
}

/** What the bar shows, and how it is scaled. */
const wordsBelow = ({ layer, scaling }: SaliencyText): [string, string] => [
  say('saliency of {layer}', { layer }),
  scaling === 'global' ? say('scaled over all layers') : say('scaled to this layer'),
];

/** What the bar shows and how it is scaled, on one line where both fit. */
function legendLines(data: SaliencyText, width: number): [string, string][] {
  const [words, how] = wordsBelow(data);
  const what = shortenText(words, width, TEXT_SIZE);
  const fits = textWidth(what, TEXT_SIZE) + textWidth(how, TEXT_SIZE) + 12 <= width;
  return fits
    ? [[what, how]]
    : [
        [what, ''],
        [how, ''],
      ];
}

function drawColourBar(ctx: Context2D, data: SaliencyData, bar: Box, theme: FigureTheme): void {
  const stops = 64;
  const gradient = ctx.createLinearGradient(bar.x, 0, bar.x + bar.width, 0);
  for (let i = 0; i <= stops; i++) gradient.addColorStop(i / stops, colourAt(data.colourMap, i / stops));
  ctx.fillStyle = gradient;
  ctx.fillRect(bar.x, bar.y, bar.width, bar.height);
  // A pale end of the ramp would melt into the paper, a dark one into the dark theme's.
  ctx.strokeStyle = theme.rule;
  ctx.lineWidth = 1;
  ctx.strokeRect(bar.x + 0.5, bar.y + 0.5, bar.width - 1, bar.height - 1);
  const y = numberBaseline(bar);
  const style = { size: TEXT_SIZE, colour: theme.soft };
  drawText(ctx, formatSaliency(data.lo), bar.x, y, style, theme);
  const middle = formatSaliency((data.lo + data.hi) / 2);
  drawText(ctx, middle, bar.x + bar.width / 2, y, { ...style, align: 'center' }, theme);
  drawText(ctx, formatSaliency(data.hi), bar.x + bar.width, y, { ...style, align: 'right' }, theme);
}

/** No heat is drawn, so no colour means anything: the bar says why it is empty. */
function drawEmptyBar(ctx: Context2D, data: SaliencyData, bar: Box, theme: FigureTheme): void {
  ctx.strokeStyle = theme.rule;
  ctx.lineWidth = 1;
  ctx.strokeRect(bar.x + 0.5, bar.y + 0.5, bar.width - 1, bar.height - 1);
  const why = data.view === 'image' ? say('heat map hidden') : say('every value is 0');
  const style = { size: TEXT_SIZE, colour: theme.faint, align: 'center' } as const;
  drawText(ctx, why, bar.x + bar.width / 2, numberBaseline(bar), style, theme);
}

function numberBaseline(bar: Box): number {
  return bar.y + bar.height + CAPTION_LINE - 2;
}

/** The words on a plate of their own: legible on any picture. */
export function drawNoEvidence(ctx: Context2D, picture: Box, theme: FigureTheme): void {
  const lines = wrapText(NO_EVIDENCE, picture.width - 20, TEXT_SIZE, 600);
  const width = Math.max(...lines.map((line) => textWidth(line, TEXT_SIZE, 600))) + 20;
  const height = lines.length * CAPTION_LINE + 12;
  const middle = picture.x + picture.width / 2;
  const y = picture.y + (picture.height - height) / 2;
  ctx.fillStyle = theme.paper;
  ctx.fillRect(middle - width / 2, y, width, height);
  const style = { size: TEXT_SIZE, weight: 600, colour: theme.ink, align: 'center' } as const;
  lines.forEach((line, i) => {
    drawText(ctx, line, middle, y + 17 + i * CAPTION_LINE, style, theme);
  });
}
