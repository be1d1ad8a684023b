import { spreadOf } from './search-results';

/** A mean of paired differences with its 95 % interval. */
export interface PairedInterval {
  mean: number;
  low: number;
  high: number;
}

/** 0.975 quantiles of Student's t by degrees of freedom, from 1. */
const quantiles = [
  12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.306, 2.26216, 2.22814, 2.20099, 2.17881,
  2.16037, 2.14479, 2.13145, 2.11991, 2.10982, 2.10092, 2.09302, 2.08596,
];

/** Student's t interval of the mean. @param differences at least two */
export function pairedInterval(differences: readonly number[]): PairedInterval {
  const { mean, deviation } = spreadOf(differences);
  const freedom = differences.length - 1;
  // Beyond the table the last one is a little too wide, never too narrow.
  const quantile = quantiles[Math.min(freedom, quantiles.length) - 1];
  const half = (quantile * (deviation ?? Number.NaN)) / Math.sqrt(differences.length);
  return { mean, low: mean - half, high: mean + half };
}
