import { histogramEntropy } from '../../semiotics/trust/histogram-entropy';

/**
 * Efficient MPRT (Hedström et al. 2024): how far the entropy of the histogram of a map's values rises when all weights of the
 * network are randomised, `(H(randomised) - H(trained)) / H(trained)`. Null where the trained map is the same everywhere.
 */
export function efficientMprt(trained: Float32Array, randomised: Float32Array): number | null {
  const entropy = histogramEntropy(trained);
  return entropy > 0 ? (histogramEntropy(randomised) - entropy) / entropy : null;
}
