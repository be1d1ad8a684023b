import { textWidth } from '../kit/chart-text';
import type { Box } from '../kit/figure-types';
import type { LayerAxis } from '../kit/layer-axis';
import { formatEntropy } from '../kit/number-format';
import type { EntropyChartData } from './entropy-chart-data';
import type { EntropyChartLayout } from './entropy-chart-layout';

/** Letters of the numbers, in pixels. */
export const CUT_OFF = 10;
/** From the top of a number to its baseline. */
const RISE = 0.75 * CUT_OFF;
/** Paper between a bar and its number, and between two numbers, in pixels. */
const GAP = 3;

/** A bar that goes on beyond the axis. */
export interface CutOff {
  /** Index of its layer. */
  readonly at: number;
  readonly value: number;
  readonly text: string;
  /** Where its number stands; null where there is no room. */
  readonly box: Box | null;
}

/** Width of a bar of structure, pixels. */
export const barWidthOf = ({ step }: LayerAxis): number => Math.max(1, Math.min(step * 0.42, 20));

/** Left edge, top and size in pixels of the bar of layer `i`. */
export function structureBar({ axis, structure }: EntropyChartLayout, i: number, value: number): Box {
  const width = barWidthOf(axis);
  const [y, zero] = [structure(value), structure(0)];
  return { x: axis.x(i) - width / 2, y: Math.min(y, zero), width, height: Math.abs(y - zero) };
}

/**
 * The bars that are cut off, with a place for their numbers: beside the end, else across zero, where the bar itself is not, else beyond
 * the end. No number lies on a bar or on what is `taken`; that of the selected layer is placed first, and in any case.
 * @param width of the figure in pixels
 */
export function cutOffLabels(
  { layers, selected }: EntropyChartData,
  layout: EntropyChartLayout,
  width: number,
  taken: readonly Box[],
): CutOff[] {
  const [low, high] = layout.structure.domain();
  const isCut = (value: number | null): value is number => value !== null && (value < low || value > high);
  const bars = layers.flatMap(({ structure }, at) =>
    structure === null ? [] : [structureBar(layout, at, structure)],
  );
  const frame = {
    left: layout.axis.left,
    right: width - 1,
    top: layout.structureTop,
    bottom: layout.structureBottom,
  };
  const places = new Map<number, Box>();
  const cut = layers.flatMap(({ structure }, at) => (isCut(structure) ? [{ at, value: structure }] : []));
  const inTurn = [...cut.filter(({ at }) => at === selected), ...cut.filter(({ at }) => at !== selected)];
  for (const { at, value } of inTurn) {
    const candidates = placesOf(structureBar(layout, at, value), value, layout, frame);
    const others = [...bars, ...taken, ...[...places.values()].map((box) => grown(box, GAP))];
    const free = candidates.find((box) => within(box, frame) && !others.some((other) => meet(box, other)));
    const place = free ?? (at === selected ? candidates[0] : null);
    if (place) places.set(at, place);
  }
  return cut.map(({ at, value }) => ({ at, value, text: formatEntropy(value), box: places.get(at) ?? null }));
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Places for the number of one bar, the best first. */
function placesOf(bar: Box, value: number, { structure }: EntropyChartLayout, frame: Frame): Box[] {
  const width = textWidth(formatEntropy(value), CUT_OFF, 600);
  // Digits have nothing below their baseline.
  const height = RISE;
  const zero = structure(0);
  const down = value < 0;
  const end = (down ? frame.bottom + 2 : frame.top + 6) - RISE;
  const middle = bar.x + bar.width / 2 - width / 2;
  const over = Math.max(frame.left, Math.min(frame.right - width, middle));
  const across = down ? [zero - 3 - RISE, zero - 3 - RISE - CUT_OFF] : [zero + 2];
  const beyond = down ? [] : [frame.top - 2 - RISE];
  return [
    { x: bar.x + bar.width + GAP, y: end, width, height },
    { x: bar.x - GAP - width, y: end, width, height },
    ...[...across, ...beyond].map((y) => ({ x: over, y, width, height })),
  ];
}

/** Numbers may stand out of the panel by their own height, where nothing is but what is `taken`. */
const within = (box: Box, { left, right, top, bottom }: Frame) =>
  box.x >= left && box.x + box.width <= right && box.y >= top - CUT_OFF && box.y + box.height <= bottom + 4;

const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y,
  width: width + 2 * by,
  height,
});
