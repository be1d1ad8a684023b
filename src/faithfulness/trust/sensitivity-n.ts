import { linearCorrelation } from '../../semiotics';

/**
 * Sensitivity-n (Ancona et al. 2018): for subsets of n features drawn at random, the linear correlation of the sum of their
 * attributions with what is lost without them; here its mean over the sizes n. 1 at every n for a linear network and a map of
 * what each feature adds. Sizes at which nothing varies count as 0: the map tells nothing there. Null where that holds for all.
 * @param sizes how many features each subset has
 */
export function sensitivityN(
  held: Float64Array,
  losses: Float64Array,
  sizes: readonly number[],
): number | null {
  const correlations = [...new Set(sizes)].map((size) => {
    const own = sizes.flatMap((other, i) => (other === size ? [i] : []));
    return linearCorrelation(
      own.map((i) => held[i]),
      own.map((i) => losses[i]),
    );
  });
  if (correlations.every((correlation) => correlation === null)) return null;
  return correlations.reduce<number>((sum, correlation) => sum + (correlation ?? 0), 0) / correlations.length;
}
