import { say } from '../../text/say';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, SaliencyGrid } from '../kit/figure-types';
import { heatMapPixels } from './heat-map';
import type { HeatStyle } from './heat-style';

/** One picture with its heat. */
export interface HeatPicture {
  readonly picture: CanvasImageSource | null;
  readonly map: SaliencyGrid;
  readonly lo: number;
  readonly hi: number;
  readonly outcome: 'evidence' | 'none';
}

/** Share of its colour the picture loses under the heat, so that hue means saliency. */
const DESATURATION = 0.45;

/** Draws a picture, its heat or both into a box, as the style says. Without evidence there is no heat. */
export function drawHeatPicture(
  ctx: Context2D,
  content: HeatPicture,
  style: HeatStyle,
  box: Box,
  theme: FigureTheme,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.width, box.height);
  ctx.clip();
  drawGround(ctx, content, style, box, theme);
  if (style.view !== 'image' && content.outcome === 'evidence') {
    ctx.globalAlpha = heatOpacity(content.picture, style);
    drawHeat(ctx, content, style, box);
  }
  ctx.restore();
}

/** A map alone covers its ground. */
export function heatOpacity(picture: HeatPicture['picture'], { view, opacity }: HeatStyle): number {
  return view === 'map' || !picture ? 1 : opacity;
}

/** Draws what the heat lies on: the picture, paler under heat and grey where there is no evidence, or plain ground. */
export function drawGround(
  ctx: Context2D,
  { picture, outcome }: Pick<HeatPicture, 'picture' | 'outcome'>,
  { view }: Pick<HeatStyle, 'view'>,
  box: Box,
  theme: FigureTheme,
): void {
  if (!picture || (view === 'map' && outcome === 'evidence')) {
    ctx.fillStyle = theme.panel;
    ctx.fillRect(box.x, box.y, box.width, box.height);
    return;
  }
  ctx.imageSmoothingEnabled = true;
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(picture, box.x, box.y, box.width, box.height);
  if (view !== 'image') desaturate(ctx, box, outcome === 'none' ? 1 : DESATURATION);
}

/** The blend mode rather than `ctx.filter`, which Safari does not draw. */
function desaturate(ctx: Context2D, box: Box, share: number): void {
  ctx.globalCompositeOperation = 'saturation';
  ctx.globalAlpha = share;
  ctx.fillStyle = '#808080';
  ctx.fillRect(box.x, box.y, box.width, box.height);
  ctx.globalCompositeOperation = 'source-over';
  ctx.globalAlpha = 1;
}

function drawHeat(ctx: Context2D, content: HeatPicture, style: HeatStyle, box: Box): void {
  const scale = ctx.getTransform().a || 1;
  // Coloured at the device's own pixels, so that the canvas has nothing left to blur.
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(heatOf(ctx, content, style, width, height), box.x, box.y, box.width, box.height);
}

type Canvas = Context2D['canvas'];

/** The last colourings of each map: moving the cursor redraws a whole strip in which no heat has changed. */
const coloured = new WeakMap<Float32Array, Map<string, Canvas>>();
/** Two sizes, thumbnail and large, before and after a change of scale. */
const kept = 4;

function heatOf(
  ctx: Context2D,
  { map, lo, hi }: HeatPicture,
  { colourMap, interpolation }: HeatStyle,
  width: number,
  height: number,
): Canvas {
  const key = [width, height, lo, hi, colourMap, interpolation].join();
  const known = coloured.get(map.values) ?? new Map<string, Canvas>();
  coloured.set(map.values, known);
  let canvas = known.get(key);
  if (!canvas) {
    const scratch = scratchContext(ctx, width, height);
    const image = scratch.createImageData(width, height);
    image.data.set(heatMapPixels(map, { width, height }, { lo, hi, colourMap, interpolation }));
    scratch.putImageData(image, 0, 0);
    canvas = scratch.canvas;
    if (known.size >= kept) known.delete(known.keys().next().value as string);
    known.set(key, canvas);
  }
  return canvas;
}

/** `putImageData` ignores alpha, clip and transform; a second canvas carries the pixels instead. */
export function scratchContext(ctx: Context2D, width: number, height: number): Context2D {
  const canvas =
    typeof OffscreenCanvas === 'undefined'
      ? Object.assign((ctx.canvas as HTMLCanvasElement).ownerDocument.createElement('canvas'), {
          width,
          height,
        })
      : new OffscreenCanvas(width, height);
  const scratch = canvas.getContext('2d') as Context2D | null;
  if (!scratch)
    throw new Error(say('This browser offers no further 2D canvas; close other tabs and try again.'));
  return scratch;
}
