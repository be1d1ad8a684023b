import { extent, quantileSorted, tickStep } from 'd3-array';

/** Values this many interquartile ranges beyond the quartiles are outliers (Tukey 1977). */
const FENCE = 1.5;
/** Of so few values none can be told to be an outlier. */
const FEWEST = 6;
/** What is cut off has to give the rest at least half as much room again. */
const GAIN = 1.5;
/** Share of the axis that a cut-off bar has on its side of zero, where no other bar stands. */
const STUB = 0.3;
/** Structure below this is drawn low, not over the whole height. */
const LEAST = 0.2;

/**
 * The two ends of the axis of structure. One value far from the others does not press all others flat: where leaving outliers out gives
 * the rest half as much room again, the axis ends before them, and their bars are cut off.
 */
export function structureDomain(values: readonly number[]): [low: number, high: number] {
  const whole = around(values);
  if (values.length < FEWEST) return nice(whole);
  const sorted = [...values].sort((a, b) => a - b);
  const [lower, upper] = [quantileSorted(sorted, 0.25) as number, quantileSorted(sorted, 0.75) as number];
  const reach = FENCE * (upper - lower);
  const [low, high] = around(sorted.filter((value) => value >= lower - reach && value <= upper + reach));
  if (whole[1] - whole[0] < GAIN * (high - low)) return nice(whole);
  const stub = (STUB / (1 - STUB)) * (high - low);
  return nice([
    sorted[0] < low ? Math.min(low, -stub) : low,
    sorted[sorted.length - 1] > high ? Math.max(high, stub) : high,
  ]);
}

/** Least and greatest value, and zero. */
function around(values: readonly number[]): [number, number] {
  const [least = 0, most = 1] = extent(values);
  return [Math.min(0, least), Math.max(LEAST, most)];
}

/** The ends moved outwards to round numbers. */
function nice([low, high]: [number, number]): [number, number] {
  const step = tickStep(low, high, 4);
  const round = (value: number) => Number(value.toFixed(10));
  return [round(Math.floor(low / step) * step), round(Math.ceil(high / step) * step)];
}
