import { isBeyondRounding } from './effect-size';
import { standardDeviation } from './mean';

/**
 * Density of the values at each of `points`, estimated with a Gaussian kernel of Silverman's width (Silverman 1986);
 * null where the values do not differ, or by rounding alone.
 */
export function kernelDensity(values: ArrayLike<number>, points: ArrayLike<number>): Float64Array | null {
  const count = values.length;
  const deviation = standardDeviation(values);
  if (!isBeyondRounding(deviation, values)) return null;
  const width = deviation * ((3 * count) / 4) ** -0.2;
  const height = 1 / (count * width * Math.sqrt(2 * Math.PI));
  return Float64Array.from(points, (point) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Math.exp(-0.5 * ((point - values[i]) / width) ** 2);
    return sum * height;
  });
}
