import { linearCorrelation } from '../../semiotics';

/**
 * Faithfulness correlation (Bhatt, Weller and Moura 2020): the linear correlation over random subsets of one size of what each holds of
 * the map with what is lost without it. Null where either is the same for all.
 */
export const faithfulnessCorrelation = (held: Float64Array, losses: Float64Array): number | null =>
  linearCorrelation(held, losses);
