import { mean, standardDeviation } from './mean';

/** Share of the numbers' own size up to which they differ by nothing but how sums are rounded. */
const ROUNDING = 1e-12;

/** Largest absolute value; 0 of nothing. */
export const sizeOf = (...all: ArrayLike<number>[]): number => {
  let size = 0;
  for (const values of all) {
    for (let i = 0; i < values.length; i++) size = Math.max(size, Math.abs(values[i]));
  }
  return size;
};

/** Whether values of the size of these differ by so much by more than how sums are rounded. */
export const isBeyondRounding = (deviation: number, ...values: ArrayLike<number>[]): boolean =>
  deviation > ROUNDING * sizeOf(...values);

/**
 * Cohen's d of paired samples, from their differences: mean over standard deviation. NaN where these do not differ.
 * @param size of the numbers that were subtracted, for what is rounding; of the differences unless given
 */
export function pairedEffect(differences: ArrayLike<number>, size = sizeOf(differences)): number {
  const deviation = standardDeviation(differences);
  return deviation > ROUNDING * size ? mean(differences) / deviation : Number.NaN;
}

/**
 * Hedges' g of two independent groups, the first against the second: the difference of means over the pooled standard
 * deviation, corrected for small samples (Hedges 1981). NaN where a group has fewer than two values, or none differ.
 */
export function groupEffect(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const freedom = first.length + second.length - 2;
  const pooled = Math.sqrt(
    ((first.length - 1) * standardDeviation(first) ** 2 +
      (second.length - 1) * standardDeviation(second) ** 2) /
      freedom,
  );
  if (!isBeyondRounding(pooled, first, second)) return Number.NaN;
  return ((mean(first) - mean(second)) / pooled) * (1 - 3 / (4 * freedom - 1));
}

/** Cohen's words for the size of an effect (Cohen 1988). */
export function effectInWords(effect: number): 'negligible' | 'small' | 'medium' | 'large' {
  const size = Math.abs(effect);
  if (size < 0.2) return 'negligible';
  if (size < 0.5) return 'small';
  return size < 0.8 ? 'medium' : 'large';
}
