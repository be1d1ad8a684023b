/** Shuffled maps behind every null model, and their seed: the same picture always gives the same band. */
export const nullShuffles = 32;
