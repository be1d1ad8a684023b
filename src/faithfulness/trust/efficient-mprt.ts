import { histogramEntropy } from '../../semiotics/trust/histogram-entropy';

/**
 * The trained map's least entropy in bits: that of values in two bins of equal height. What rises from nearly nothing rises
 * a hundredfold, whatever it rises to: the quotient then says how small its denominator is.
 */
const LEAST = 1;

/**
 * Efficient MPRT (Hedström et al. 2024): how far the entropy of the histogram of a map's values, in 100 bins, rises when all weights of the
 * network are randomised, `(H(randomised) - H(trained)) / H(trained)`; at most `log2(100) - 1` for the maps it is told of. Null where the
 * trained map's values lie in so few bins that the quotient means nothing, which the paper does not speak of.
 */
export function efficientMprt(trained: Float32Array, randomised: Float32Array): number | null {
  const entropy = histogramEntropy(trained);
  // A hair of rounding: two halves are one bit.
  return entropy > LEAST - 1e-9 ? (histogramEntropy(randomised) - entropy) / entropy : null;
}
