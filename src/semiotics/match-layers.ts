/** Which layer of a second network stands beside each of a first one. */
export interface LayerMatch {
  /** `name`: both have the same layers in the same order; `depth`: by their place along the depth. */
  readonly by: 'name' | 'depth';
  /** For each layer of the first its partner's position in the second. */
  readonly partners: readonly number[];
}

/**
 * Sets two rows of layers beside each other: one by one where they are called alike, and else by depth: layer `i` of `n` stands `i / (n - 1)` of the way
 * from the first layer to the last, and has for partner the layer of the second network that stands nearest to that; of two equally near the
 * deeper. A single layer is a last one. Firsts meet, lasts meet, and the order is kept.
 *
 * @param a names of the first network's layers, at least one
 * @param b names of the second one's, at least one
 */
export function matchLayers(a: readonly string[], b: readonly string[]): LayerMatch {
  const alike = a.length === b.length && a.every((name, i) => name === b[i]);
  if (alike) return { by: 'name', partners: a.map((_, i) => i) };
  const last = b.length - 1;
  const partners = a.map((_, i) => (a.length === 1 ? last : Math.round((i * last) / (a.length - 1))));
  return { by: 'depth', partners };
}
