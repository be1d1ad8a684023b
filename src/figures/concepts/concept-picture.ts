import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize } from '../kit/figure-types';
import { heatLevels, type Interpolation } from '../saliency/heat-map';
import { drawGround, scratchContext } from '../saliency/heat-picture';
import { conceptBytes } from './concept-colours';

/** The concepts of one layer as they are drawn. */
export interface ConceptMaps {
  /** Columns and rows of the maps. */
  readonly width: number;
  readonly height: number;
  readonly concepts: readonly {
    /** height x width: the activation it holds. */
    readonly map: Float32Array;
    /** Number of its colour. */
    readonly colour: number;
  }[];
}

export interface ConceptPicture extends ConceptMaps {
  readonly picture: CanvasImageSource | null;
  /** Cover of the colours where a concept is strongest, 0..1. */
  readonly opacity: number;
  readonly interpolation: Interpolation;
  /** The one concept that is shown, by its place among them; null for all. */
  readonly only: number | null;
}

/**
 * Pixels of the concepts' colours, RGBA, height x width x 4: at every one the colour of the concept that holds the most activation there,
 * as dense as that is beside the concept's own strongest place.
 */
export function conceptPixels(
  { concepts, interpolation, only, ...grid }: Omit<ConceptPicture, 'picture' | 'opacity'>,
  size: FigureSize,
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(size.width * size.height * 4);
  const drawn = concepts.filter((_, k) => only === null || k === only);
  const peaks = drawn.map(({ map }) => map.reduce((a, b) => Math.max(a, b), 0));
  const levels = drawn.map(({ map }, k) =>
    heatLevels({ values: map, width: grid.width, height: grid.height }, size, {
      ...{ lo: 0, hi: peaks[k], interpolation },
    }),
  );
  const colours = drawn.map(({ colour }) => conceptBytes(colour));
  for (let i = 0; i < size.width * size.height; i++) {
    let most = 0;
    let at = -1;
    for (let k = 0; k < drawn.length; k++) {
      // Levels have a half that rounds.
      const held = (levels[k][i] - 0.5) * peaks[k];
      if (held > most) {
        most = held;
        at = k;
      }
    }
    if (at < 0) continue;
    pixels.set(colours[at], i * 4);
    pixels[i * 4 + 3] = levels[at][i] | 0;
  }
  return pixels;
}

/** Draws the picture in grey under the colours of its concepts. */
export function drawConceptPicture(ctx: Context2D, data: ConceptPicture, box: Box, theme: FigureTheme): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.width, box.height);
  ctx.clip();
  drawGround(ctx, { picture: data.picture, outcome: 'none' }, { view: 'overlay' }, box, theme);
  const scale = ctx.getTransform().a || 1;
  // Coloured at the device's own pixels, so that the canvas has nothing left to blur.
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const scratch = scratchContext(ctx, width, height);
  const image = scratch.createImageData(width, height);
  image.data.set(conceptPixels(data, { width, height }));
  scratch.putImageData(image, 0, 0);
  ctx.globalAlpha = data.picture ? data.opacity : 1;
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(scratch.canvas, box.x, box.y, box.width, box.height);
  ctx.restore();
}
