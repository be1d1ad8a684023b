import { kernelDensity } from './kernel-density';
import { present } from './present';
import { quantileOfSorted } from './quantile';

/** How one number is spread over pictures. */
export interface Spread {
  count: number;
  /** At 5, 25, 50, 75 and 95 %. */
  quantiles: [number, number, number, number, number];
  least: number;
  most: number;
  /** Estimated between the extremes; null where the pictures do not differ. */
  density: { at: number[]; values: number[] } | null;
}

/** Places at which a density is estimated. */
const places = 48;

/** Null where no value is there. */
export function spreadOf(series: Float64Array): Spread | null {
  const values = present(series).sort();
  if (values.length === 0) return null;
  const [least, most] = [values[0], values[values.length - 1]];
  const at = Array.from({ length: places }, (_, i) => least + ((most - least) * i) / (places - 1));
  const density = kernelDensity(values, at);
  return {
    count: values.length,
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((q) => quantileOfSorted(values, q)) as Spread['quantiles'],
    least,
    most,
    density: density && { at, values: [...density] },
  };
}
