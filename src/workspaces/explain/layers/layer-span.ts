import type { LayerSpan } from '../../../figures';

/** Fewer layers than this are never shown of more. */
export const FEWEST = 3;

/** The part as near to this as there is, of whole layers; null for all of them. */
export function spanBetween(count: number, from: number, to: number): LayerSpan | null {
  const size = Math.min(count, Math.max(FEWEST, Math.round(to - from)));
  if (size >= count) return null;
  const first = Math.max(0, Math.min(count - size, Math.round((from + to - size) / 2)));
  return { from: first, to: first + size };
}

/**
 * Shows `factor` times as many layers, with the one at `at` in its place as far as it goes.
 * @param at position between the layers, 0 for the first
 */
export function zoomed(count: number, span: LayerSpan | null, factor: number, at: number): LayerSpan | null {
  const { from, to } = span ?? { from: 0, to: count };
  const size = to - from;
  // Whole layers: the least that a step of the wheel may change.
  const least = factor < 1 ? size - 1 : size + 1;
  const wanted =
    factor < 1 ? Math.max(FEWEST, Math.min(least, size * factor)) : Math.max(least, size * factor);
  const share = (at + 0.5 - from) / size;
  return spanBetween(count, at + 0.5 - share * wanted, at + 0.5 + (1 - share) * wanted);
}

/** The same number of layers, so many further on. */
export const moved = (count: number, { from, to }: LayerSpan, by: number): LayerSpan | null =>
  spanBetween(
    count,
    Math.max(0, Math.min(count - (to - from), from + by)),
    Math.max(to - from, Math.min(count, to + by)),
  );

/** The same number of layers, moved no further than it takes to show this one. */
export function including(count: number, span: LayerSpan | null, layer: number): LayerSpan | null {
  if (!span || (layer >= span.from && layer < span.to)) return span;
  return moved(count, span, layer < span.from ? layer - span.from : layer + 1 - span.to);
}

/**
 * What two fingers show that hold two places of the layers.
 * @param held positions between the layers, under the first and the second finger
 * @param at where these fingers are now, as shares of the axis' width
 */
export function pinched(
  count: number,
  held: readonly [number, number],
  at: readonly [number, number],
): LayerSpan | null {
  const spread = at[1] - at[0];
  if (Math.abs(spread) < 0.02 || (held[1] - held[0]) * spread <= 0) return null;
  const size = (held[1] - held[0]) / spread;
  const from = held[0] + 0.5 - at[0] * size;
  return spanBetween(count, from, from + size);
}
