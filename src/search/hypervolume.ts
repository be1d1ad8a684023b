/** What a network costs, as a share of a dearest one, and what it yields. */
export interface FrontPlace {
  cost: number;
  yields: number;
}

/**
 * The area below a front, between no cost and the dearest one (Zitzler and Thiele 1998): the mean, over all costs up to 1, of what the best
 * network yields that costs no more; 0 below the cheapest. Networks that are dearer than 1 count nothing.
 */
export function hypervolume(places: readonly FrontPlace[]): number {
  const inside = places.filter(({ cost }) => cost < 1).sort((a, b) => a.cost - b.cost);
  let [area, best] = [0, 0];
  inside.forEach(({ cost, yields }, i) => {
    best = Math.max(best, yields);
    area += best * ((inside[i + 1]?.cost ?? 1) - cost);
  });
  return area;
}
