import type { LastPart, LinkedSigns, Sign, SignRef } from '../../semiotics';
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

/** The parts that were taken in last, which colour the flow where one sign remains. */
export interface FlowParts {
  /** The greatest first. */
  readonly list: readonly LastPart[];
  /** For every layer and sign its part, by place in the list; the list's length for the whole, -1 for neither. */
  readonly of: readonly (readonly number[])[];
  /** Picture and grid, for a thumbnail of each part; left out for none. */
  readonly picture?: {
    readonly href: string;
    readonly grid: { readonly width: number; readonly height: number };
    box(sign: SignRef): Sign['box'];
  };
}

export interface FlowData {
  readonly layers: readonly FlowLayer[];
  /** How signs are aggregated; null while they are looked for. */
  readonly linked: LinkedSigns | null;
  readonly selected: number | null;
  /** Left out: colours by final sign. */
  readonly parts?: FlowParts;
  /** The part of the layers that is shown; all of them unless given. */
  readonly span?: LayerSpan;
  /** Every layer's name along the bottom, for a figure that stands alone. */
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}
