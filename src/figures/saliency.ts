import type { ColourMapId } from './colour-maps';
import type { Interpolation } from './heat-map';
import type { FigureTheme } from './theme';
import type { Context2D, FigureSize, SaliencyGrid } from './types';

/** How saliency is shown: the same for the large picture and for the thumbnails. */
export interface HeatStyle {
  readonly colourMap: ColourMapId;
  /** Alpha of the heat over the picture, 0 to 1. */
  readonly opacity: number;
  readonly interpolation: Interpolation;
  readonly view: 'overlay' | 'image' | 'map';
}

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
  readonly caption?: string;
}

/** Draws the picture with its heat map, the colour bar and the caption; `size.width` is the picture's side. */
export function drawSaliency(ctx: Context2D, data: SaliencyData, size: FigureSize, theme: FigureTheme): void {
  throw new Error(`${ctx}${data}${size}${theme}`);
}

/** Total height in pixels of the figure at this width. */
export function saliencyHeight(
  width: number,
  data: Pick<SaliencyData, 'layer' | 'caption' | 'scaling'>,
): number {
  return width + 50 + (data.caption ? 40 : 0);
}
