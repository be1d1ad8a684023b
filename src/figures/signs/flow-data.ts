import type { LinkedSigns, Sign } from '../../semiotics';
import type { LayerSpan } from '../kit/layer-axis';

export interface FlowLayer {
  readonly name: string;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
  /** `none`: the map is zero everywhere. */
  readonly outcome: 'evidence' | 'none';
  /** By id. */
  readonly signs: readonly Pick<Sign, 'id' | 'share'>[];
  /** How many signs chance would give; null while that is not known. */
  readonly null: { readonly mean: number; readonly sd: number } | null;
}

export interface FlowData {
  readonly layers: readonly FlowLayer[];
  /** How signs are aggregated; null while they are looked for. */
  readonly linked: LinkedSigns | null;
  readonly selected: number | null;
  /** The part of the layers that is shown; all of them unless given. */
  readonly span?: LayerSpan;
  /** Every layer's name along the bottom, for a figure that stands alone. */
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}
