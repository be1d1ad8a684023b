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
  /** Those of them that have a column, ascending; the others are folded into the next one. Left out, all have. */
  readonly columns?: readonly number[];
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
  /** The layer with a column that is nearest to a place between the layers. */
  nearest(position: number): number;
  /** Whether layer `i` has its column between the edges. */
  shows(i: number): boolean;
}

/** The gutters every row of the instrument uses at this width. */
export function axisMargins(width: number): AxisMargins {
  return width < NARROW_WIDTH
    ? { left: NARROW_GUTTER, right: 4 }
    : { left: LEFT_GUTTER, right: RIGHT_GUTTER };
}

/** The gutters of a figure by itself that writes nothing into them where it is narrow: there it has the whole width. */
export function freeMargins(width: number): AxisMargins {
  return width < NARROW_WIDTH ? { left: 4, right: 4 } : axisMargins(width);
}

/**
 * The one horizontal axis of the instrument. Film strip, charts and flow all place layer `i` at `x(i)`,
 * so that a single cursor crosses them. Where it shows a part of the layers, the others lie beyond its edges; those that are folded lie
 * between the columns, on the way to the one they are folded into.
 */
export function layerAxis(
  width: number,
  count: number,
  margins: AxisMargins = axisMargins(width),
  span: LayerSpan = { from: 0, to: Math.max(1, count) },
): LayerAxis {
  const { left } = margins;
  const right = Math.max(left + 1, width - margins.right);
  const {
    count: columns,
    column,
    layer,
    shows,
  } = span.columns?.length ? foldedColumns(span, span.columns) : allColumns(span);
  const step = (right - left) / columns;
  const clamped = (at: number) => Math.max(0, Math.min(columns - 1, at));
  return {
    left,
    right,
    step,
    x: (i) => left + (column(i) + 0.5) * step,
    position: (px) => layer(clamped((px - left) / step - 0.5)),
    index: (px) => layer(clamped(Math.floor((px - left) / step))),
    nearest: (position) => layer(clamped(Math.round(column(position)))),
    shows,
  };
}

/** Where the layers of a part stand among its columns: layers to places among the columns, and back. */
interface Columns {
  readonly count: number;
  column(layer: number): number;
  layer(column: number): number;
  shows(layer: number): boolean;
}

const allColumns = ({ from, to }: LayerSpan): Columns => ({
  count: to - from,
  column: (layer) => layer - from,
  layer: (column) => column + from,
  shows: (layer) => layer >= from && layer < to,
});

function foldedColumns({ from, to }: LayerSpan, columns: readonly number[]): Columns {
  const last = columns.length - 1;
  // At the ends half a column for what is folded there, and whole layers beyond.
  const knots = [from - 0.5, ...columns, to - 0.5];
  const places = [-0.5, ...columns.map((_, k) => k), last + 0.5];
  const shown = new Set(columns);
  return {
    count: columns.length,
    column: (layer) => along(knots, places, layer),
    layer: (column) => along(places, knots, column),
    shows: (layer) => shown.has(layer),
  };
}

/** The straight lines through points whose `xs` ascend, those at the ends going on with slope 1. */
function along(xs: readonly number[], ys: readonly number[], x: number): number {
  const end = xs.length - 1;
  if (x <= xs[0]) return ys[0] + x - xs[0];
  if (x >= xs[end]) return ys[end] + x - xs[end];
  let [low, high] = [0, end];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle] <= x) low = middle;
    else high = middle;
  }
  return ys[low] + ((x - xs[low]) / (xs[high] - xs[low])) * (ys[high] - ys[low]);
}
