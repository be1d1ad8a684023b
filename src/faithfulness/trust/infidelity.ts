/**
 * Infidelity (Yeh et al. 2019) over perturbations that take subsets of features away: the mean of
 * `(I . map - (f(x) - f(x - I)))^2`, I being 1 where a feature goes. The map is first scaled by the factor that makes it
 * least, as in the paper, since maps of layers have no unit of the score. 0 for a linear network and a map of what each feature
 * adds; without any map the mean square of the losses, which a map of zeros has too.
 */
export function infidelity(held: Float64Array, losses: Float64Array): number {
  let [both, squares] = [0, 0];
  for (let i = 0; i < held.length; i++) {
    both += held[i] * losses[i];
    squares += held[i] * held[i];
  }
  return meanSquaredError(held, losses, squares > 0 ? both / squares : 0);
}

/** The same with the map as it is, times `scale`. */
export function meanSquaredError(held: Float64Array, losses: Float64Array, scale = 1): number {
  let sum = 0;
  for (let i = 0; i < held.length; i++) sum += (scale * held[i] - losses[i]) ** 2;
  return sum / held.length;
}
