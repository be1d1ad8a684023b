import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize, SaliencyGrid } from '../kit/figure-types';
import { drawSignOutlines, type SignOutlines } from '../signs/sign-outlines';
import { heatLevels, packedColours, paintLevels } from './heat-map';
import { drawGround, heatOpacity, scratchContext } from './heat-picture';
import type { HeatStyle } from './heat-style';
import { drawNoEvidence } from './saliency-look';

export interface SaliencyFrameData extends HeatStyle {
  readonly picture: CanvasImageSource | null;
  readonly layers: readonly {
    readonly map: SaliencyGrid;
    readonly lo: number;
    readonly hi: number;
    readonly outcome: 'evidence' | 'none';
  }[];
  readonly outlines: SignOutlines | null;
}

/** Draws the picture with its heat, and its signs' outlines, at a position between the layers. */
export type SaliencyFrame = (ctx: Context2D, position: number, box: Box) => void;

/** Numbers of resampled maps that are kept, 16 MB: of a picture as large as on most screens, those of a dozen layers. */
const KEPT = 4e6;
/** The two that are mixed and one to come, however large. */
const KEPT_ALWAYS = 3;

/**
 * The large picture in motion. Each map is brought to the picture's size in its own scale once; a frame mixes two of them level by level, so that
 * at a layer it shows that layer's map exactly. Towards a layer without evidence the heat fades and the picture turns grey.
 */
export function saliencyFrame(data: SaliencyFrameData, theme: FigureTheme): SaliencyFrame {
  const colours = packedColours(data.colourMap);
  const grounds = new Map<'evidence' | 'none', Context2D['canvas']>();
  const levels = new Map<number, Float32Array>();
  let heat: { scratch: Context2D; image: ImageData; words: Uint32Array } | null = null;
  let size: FigureSize = { width: 0, height: 0 };

  const resize = (width: number, height: number) => {
    if (size.width === width && size.height === height) return;
    size = { width, height };
    grounds.clear();
    levels.clear();
    heat = null;
  };
  const groundOf = (ctx: Context2D, outcome: 'evidence' | 'none') => {
    let canvas = grounds.get(outcome);
    if (!canvas) {
      const scratch = scratchContext(ctx, size.width, size.height);
      drawGround(scratch, { picture: data.picture, outcome }, data, { x: 0, y: 0, ...size }, theme);
      canvas = scratch.canvas;
      grounds.set(outcome, canvas);
    }
    return canvas;
  };
  const levelsOf = (layer: number) => {
    let known = levels.get(layer);
    if (!known) {
      const { map, lo, hi } = data.layers[layer];
      known = heatLevels(map, size, { lo, hi, interpolation: data.interpolation });
      if (levels.size >= Math.max(KEPT_ALWAYS, Math.floor(KEPT / (size.width * size.height)))) {
        const farthest = [...levels.keys()].reduce((a, b) =>
          Math.abs(a - layer) > Math.abs(b - layer) ? a : b,
        );
        levels.delete(farthest);
      }
      levels.set(layer, known);
    }
    return known;
  };
  const drawHeat = (ctx: Context2D, from: number, to: number, share: number, box: Box) => {
    if (!heat) {
      const scratch = scratchContext(ctx, size.width, size.height);
      const image = scratch.createImageData(size.width, size.height);
      heat = { scratch, image, words: new Uint32Array(image.data.buffer) };
    }
    paintLevels(levelsOf(from), levelsOf(to), share, colours, heat.words);
    heat.scratch.putImageData(heat.image, 0, 0);
    ctx.drawImage(heat.scratch.canvas, box.x, box.y, box.width, box.height);
  };

  return (ctx, position, box) => {
    const scale = ctx.getTransform().a || 1;
    resize(Math.max(1, Math.round(box.width * scale)), Math.max(1, Math.round(box.height * scale)));
    const last = data.layers.length - 1;
    // A position beyond them is that of another picture's layers, which is about to be drawn.
    const at = Math.max(0, Math.min(last, position));
    const from = Math.floor(at);
    const share = at - from;
    // At a layer there is nothing to mix.
    const to = share === 0 ? from : Math.min(last, from + 1);
    const holds = (layer: number) => data.layers[layer].outcome === 'evidence';
    const evidence = (holds(from) ? 1 - share : 0) + (holds(to) ? share : 0);

    ctx.save();
    // Everything is made at the device's own pixels: nothing is left to smooth.
    ctx.imageSmoothingEnabled = false;
    if (data.view === 'image') {
      ctx.drawImage(groundOf(ctx, 'evidence'), box.x, box.y, box.width, box.height);
    } else {
      if (evidence > 0) ctx.drawImage(groundOf(ctx, 'evidence'), box.x, box.y, box.width, box.height);
      if (evidence < 1) {
        ctx.globalAlpha = 1 - evidence;
        ctx.drawImage(groundOf(ctx, 'none'), box.x, box.y, box.width, box.height);
      }
      if (evidence > 0) {
        ctx.globalAlpha = heatOpacity(data.picture, data) * evidence;
        const [first, second] = [holds(from) ? from : to, holds(to) ? to : from];
        drawHeat(ctx, first, second, first === second ? 0 : share, box);
      }
      if (evidence < 0.5) {
        ctx.globalAlpha = 1 - 2 * evidence;
        drawNoEvidence(ctx, box, theme);
      }
    }
    ctx.restore();
    if (data.outlines) drawSignOutlines(ctx, data.outlines, position, box);
  };
}
