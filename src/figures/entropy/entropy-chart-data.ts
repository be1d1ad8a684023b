import type { MeasureLabel } from '../kit/figure-types';

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
  /** `none`: the map is zero everywhere; a hollow point on the floor says so. `evidence` unless given. */
  readonly outcome?: 'evidence' | 'none';
}

export interface EntropyChartData {
  readonly layers: readonly EntropyChartLayer[];
  readonly measure: MeasureLabel;
  /** What the values are of, for their label; "image" unless given. */
  readonly valueName?: string;
  readonly selected: number | null;
  /** Every layer's name along the bottom, for a figure that stands alone. */
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}
