/** Something to be placed in a stack, from top to bottom. */
export interface Stacked {
  readonly height: number;
  /** Where its upper edge would like to be. */
  readonly wish: number;
  /** How much that counts; above 0. */
  readonly weight: number;
}

/**
 * Upper edges for a stack in its order, `gap` apart, within `top` and `bottom`, at the least weighted sum of squared distances
 * from the wishes: isotonic regression by pooling what would overlap. A stack taller than its room begins at `top`.
 */
export function placeStack(
  items: readonly Stacked[],
  gap: number,
  { top, bottom }: { top: number; bottom: number },
): number[] {
  const offsets: number[] = [];
  let total = 0;
  for (const { height } of items) {
    offsets.push(total);
    total += height + gap;
  }
  const room = Math.max(0, bottom - top - (total - gap));
  const pools: { wish: number; weight: number; count: number }[] = [];
  items.forEach(({ wish, weight }, i) => {
    let pool = { wish: wish - top - offsets[i], weight, count: 1 };
    for (let last = pools.at(-1); last && last.wish > pool.wish; last = pools.at(-1)) {
      const both = last.weight + pool.weight;
      pool = {
        wish: (last.wish * last.weight + pool.wish * pool.weight) / both,
        weight: both,
        count: last.count + pool.count,
      };
      pools.pop();
    }
    pools.push(pool);
  });
  const edges: number[] = [];
  for (const { wish, count } of pools) {
    const shift = Math.max(0, Math.min(room, wish));
    for (let k = 0; k < count; k++) edges.push(top + offsets[edges.length] + shift);
  }
  return edges;
}
