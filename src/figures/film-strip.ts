import type { LayerAxis } from './layer-axis';
import { layerAxis } from './layer-axis';
import type { HeatStyle } from './saliency';
import type { FigureTheme } from './theme';
import type { Box, Context2D, FigureSize, MeasureLabel, SaliencyGrid } from './types';

export interface FilmStripLayer {
  readonly name: string;
  /** Null while the map is still on its way: an empty frame. */
  readonly map: SaliencyGrid | null;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
  /** Saliency in the first and in the last colour of this thumbnail. */
  readonly lo: number;
  readonly hi: number;
  /** `none`: the map is zero everywhere; drawn hatched. */
  readonly outcome: 'evidence' | 'none';
  /** Entropy in the current measure; null while it is being computed. */
  readonly value: number | null;
}

export interface FilmStripData extends HeatStyle {
  readonly layers: readonly FilmStripLayer[];
  readonly selected: number | null;
  readonly picture: CanvasImageSource | null;
  readonly measure: MeasureLabel;
  readonly title?: string;
  readonly caption?: string;
}

export interface FilmStripLayout {
  readonly axis: LayerAxis;
  /** Natural height of the whole strip in pixels. */
  readonly height: number;
  /** One box a layer, the full height of the strip's columns: where a click selects it. */
  readonly boxes: readonly Box[];
  /** Where the thumbnails are. */
  readonly thumbnails: readonly Box[];
}

/** Geometry of the strip; `names` lets it make room for turned names, `extras` for title and caption. */
export function filmStripLayout(
  width: number,
  count: number,
  names: readonly string[] = [],
  extras: { title?: string; caption?: string } = {},
): FilmStripLayout {
  return {
    axis: layerAxis(width, count),
    height: names.length + (extras.title ? 1 : 0),
    boxes: [],
    thumbnails: [],
  };
}

/** Draws all layers as thumbnails on the layer axis. */
export function drawFilmStrip(
  ctx: Context2D,
  data: FilmStripData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  throw new Error(`${ctx}${data}${size}${theme}`);
}
