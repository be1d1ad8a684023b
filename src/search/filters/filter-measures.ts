/** What the orders know of the filters of a group, a number for each; what no order asked for is left out. */
export interface FilterMeasures {
  group: string;
  /** Mean absolute weight, over all convolutions of the group. */
  norm: number[];
  /** Mean absolute scale of the batch normalisation behind it (Liu et al. 2017). */
  scale?: number[];
  /** First-order change of the loss, squared, when it goes (Molchanov et al. 2019). */
  taylor?: number[];
  /** How far the spatial entropy of its activation maps lies below that of the same maps shuffled; mean over pictures. */
  structure?: number[];
  /** Share of the mass of the layer's signs that goes with it; mean over pictures. */
  signs?: number[];
}
