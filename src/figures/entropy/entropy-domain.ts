import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { MeasureLabel } from '../kit/figure-types';

/**
 * What an axis of entropies reaches over. Ratios stand on [0, 1], so that two pictures compare at a glance. Bits start at zero too, unless
 * all values lie in the upper half: then zero would press the fall flat.
 */
export function entropyDomainOf(values: readonly number[], unit: MeasureLabel['unit']): [number, number] {
  const [least, most] = extent(values);
  const low = least ?? 0;
  const high = most ?? 1;
  const ratio = unit === 'ratio';
  const floor = ratio || low < high / 2 ? Math.min(0, low) : low;
  const ceiling = ratio ? Math.max(1, high) : Math.max(high, floor + 0.1);
  const [from, to] = scaleLinear([floor, ceiling], [0, 1]).nice(4).domain();
  return [from, to];
}
