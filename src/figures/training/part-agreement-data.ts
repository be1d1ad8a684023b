/** What the signs of a layer are compared with. */
export type AgreementWith = 'parts' | 'object';

/** An overlap in [0, 1], and the same with the truth moved elsewhere. */
export interface LayerAgreement {
  readonly value: number;
  readonly null: { readonly mean: number; readonly sd: number };
}

export interface PartAgreementLayer {
  readonly name: string;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
  /** Mean over the parts of the best overlap with a sign; null where it is not known. */
  readonly parts: LayerAgreement | null;
  /** Best overlap of a sign with the whole object. */
  readonly object: LayerAgreement | null;
}

export interface PartAgreementData {
  readonly layers: readonly PartAgreementLayer[];
  readonly selected: number | null;
  /** Every layer's name along the bottom, for a figure that stands alone. */
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}
