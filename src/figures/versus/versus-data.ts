import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, MeasureLabel, SaliencyGrid } from '../kit/figure-types';
import { scratchContext } from '../saliency/heat-picture';
import type { HeatStyle } from '../saliency/heat-style';
import { drawThumbnail } from '../saliency/thumbnail';
import { divergingPixels } from './diverging-map';

/** One layer of one side. */
export interface VersusMap {
  readonly name: string;
  readonly map: SaliencyGrid;
  /** Saliency in the last colour; the first colour is 0. */
  readonly hi: number;
  readonly outcome: 'evidence' | 'none';
  /** In the current measure; null while it is computed, and without evidence. */
  readonly entropy: number | null;
  readonly null: { readonly mean: number; readonly sd: number } | null;
}

/** A layer beside its partner. */
export interface VersusLayer {
  readonly name: string;
  readonly a: VersusMap;
  readonly b: VersusMap;
  /** Signed: more than zero where the first has more of its evidence; null while it is computed, and where one has none. */
  readonly difference: SaliencyGrid | null;
  /** What the last colour of the difference stands for. */
  readonly extent: number;
  /** Share of evidence at the same places, 0 .. 1. */
  readonly shared: number | null;
  readonly correlation: number | null;
}

export interface VersusPicture {
  /** What it is, in words. */
  readonly title: string;
  readonly picture: CanvasImageSource | null;
  /** Width over height. */
  readonly aspect: number;
}

/** A against B. */
export interface VersusData extends HeatStyle {
  readonly a: VersusPicture;
  readonly b: VersusPicture;
  readonly layers: readonly VersusLayer[];
  /** Whether layers are beside each other by their place along the depth, and so may be called otherwise. */
  readonly byDepth: boolean;
  readonly selected: number | null;
  readonly measure: MeasureLabel;
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
  /** Columns that there is room for, where they are more than the layers. */
  readonly columns?: number;
}

/** The colours of the two sides: those of the ends of the difference. */
export const sideColours = (theme: FigureTheme) => ({ a: theme.accent, b: theme.blue });

/** Draws one side's heat picture. */
export function drawSide(
  ctx: Context2D,
  { map, hi, outcome }: VersusMap,
  { picture }: VersusPicture,
  style: HeatStyle,
  box: Box,
  theme: FigureTheme,
): void {
  drawThumbnail(ctx, { map, lo: 0, hi, outcome, picture }, style, box, theme);
}

/** Draws a difference of maps; a frame where there is none. */
export function drawDifference(
  ctx: Context2D,
  { difference, extent, a, b }: VersusLayer,
  { interpolation }: HeatStyle,
  box: Box,
  theme: FigureTheme,
): void {
  if (!difference) {
    const outcome = a.outcome === 'none' || b.outcome === 'none' ? 'none' : 'evidence';
    const style = { colourMap: 'grey', opacity: 1, view: 'map', interpolation } as const;
    const content = { lo: 0, hi: 0, outcome, picture: null } as const;
    drawThumbnail(ctx, { ...content, map: outcome === 'none' ? a.map : null }, style, box, theme);
    return;
  }
  const scale = ctx.getTransform().a || 1;
  const [width, height] = [box.width, box.height].map((side) => Math.max(1, Math.round(side * scale)));
  const scratch = scratchContext(ctx, width, height);
  const image = scratch.createImageData(width, height);
  image.data.set(divergingPixels(difference, { width, height }, { extent, interpolation, theme }));
  scratch.putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(scratch.canvas, box.x, box.y, box.width, box.height);
  ctx.strokeStyle = theme.rule;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
}
