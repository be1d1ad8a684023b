/** Left gutter of the instrument in pixels, where row labels and tick numbers stand. */
export const LEFT_GUTTER = 84;
/** Left edge of the row labels in that gutter. */
export const LABEL_X = 12;
/** Right gutter in pixels: none of the columns touches the edge. */
export const RIGHT_GUTTER = 12;
/** The gutter that is left on a phone; row labels then move above their row. */
const NARROW_GUTTER = 40;
/** Below this width the full gutter would cost a fifth of the instrument. */
export const NARROW_WIDTH = 560;

export interface AxisMargins {
  readonly left: number;
  readonly right: number;
}

/** A part of the layers: from the first of them up to, and without, the last. */
export interface LayerSpan {
  readonly from: number;
  readonly to: number;
}

/** Places layers from left to right, one column a layer. */
export interface LayerAxis {
  /** First pixel of the first column. */
  readonly left: number;
  /** Last pixel of the last column. */
  readonly right: number;
  /** Width of one column in pixels. */
  readonly step: number;
  /** Centre of layer `i`'s column. */
  x(i: number): number;
  /** The place between the layers at `px`: the inverse of `x`, clamped to the first and the last. */
  position(px: number): number;
  /** The layer whose column is at `px`, clamped to the first and the last. */
  index(px: number): number;
  /** Whether layer `i` has its column between the edges. */
  shows(i: number): boolean;
}

/** The gutters every row of the instrument uses at this width. */
export function axisMargins(width: number): AxisMargins {
  return width < NARROW_WIDTH
    ? { left: NARROW_GUTTER, right: 4 }
    : { left: LEFT_GUTTER, right: RIGHT_GUTTER };
}

/**
 * The one horizontal axis of the instrument. Film strip, charts and flow all place layer `i` at `x(i)`,
 * so that a single cursor crosses them. Where it shows a part of the layers, the others lie beyond its edges.
 */
export function layerAxis(
  width: number,
  count: number,
  margins: AxisMargins = axisMargins(width),
  { from, to }: LayerSpan = { from: 0, to: Math.max(1, count) },
): LayerAxis {
  const { left } = margins;
  const right = Math.max(left + 1, width - margins.right);
  const step = (right - left) / (to - from);
  const clamped = (i: number) => Math.max(from, Math.min(to - 1, i));
  return {
    left,
    right,
    step,
    x: (i) => left + (i - from + 0.5) * step,
    position: (px) => clamped(from + (px - left) / step - 0.5),
    index: (px) => clamped(from + Math.floor((px - left) / step)),
    shows: (i) => i >= from && i < to,
  };
}
