/** A change of the joint aura entropy, in bits: class formation and complex formation add up to it. */
export interface ChangeSplit {
  readonly classFormation: number;
  readonly complexFormation: number;
}

export interface ChangeStep extends ChangeSplit {
  /** The same of the null models; null until both are known. */
  readonly null: ChangeSplit | null;
  /** Whether the entropy falls, and by more than that of the null model; null while that is not known. */
  readonly happens: boolean | null;
}

export interface ChangeChartLayer {
  readonly name: string;
  /** Spatial size of the layer's output. */
  readonly width: number;
  readonly height: number;
  /** The step from the layer before; null for the first, and where one of the two holds no evidence. */
  readonly step: ChangeStep | null;
}

export interface ChangeChartData {
  readonly layers: readonly ChangeChartLayer[];
  readonly selected: number | null;
  /** Whether the layers are measured: where they are and there is no step, no two that follow each other hold evidence. */
  readonly measured?: boolean;
  /** Every layer's name along the bottom, for a figure that stands alone. */
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}
