import type { FigureTheme } from './figure-theme';
import type { Box } from './figure-types';
import { round, type SvgGroup } from './svg-nodes';

export type Point = readonly [x: number, y: number];

/** Distance of the label from its point in pixels. */
const OFFSET = 9;
/** Paper between the label and any line, in pixels. */
const CLEARANCE = 2.5;

/**
 * A place for the label of a point: beside it, inside the frame, crossed by as few lines as can be. Lines are
 * open polygons. Prefers the upper right.
 */
export function placeValueLabel(
  point: Point,
  label: { width: number; height: number },
  lines: readonly (readonly Point[])[],
  frame: Box,
): Box {
  const [x, y] = point;
  const { width, height } = label;
  let best: Box | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const left of [x + OFFSET, x - OFFSET - width]) {
    for (const lift of [height + 4, -4, height + 14, -14, height + 26, -26]) {
      const box = { x: left, y: y - lift, width, height };
      const clipped =
        box.x < frame.x ||
        box.y < frame.y ||
        box.x + width > frame.x + frame.width ||
        box.y + height > frame.y + frame.height;
      const cost = (clipped ? 1000 : 0) + crossings(padded(box), lines);
      if (cost < fewest) {
        best = box;
        fewest = cost;
      }
    }
  }
  return best!;
}

/** Writes a value into its place, on a rim of paper that keeps the lines behind it apart. */
export function drawValueLabel(
  group: SvgGroup,
  text: string,
  box: Box,
  style: { size: number; colour: string },
  theme: FigureTheme,
): void {
  group
    .append('text')
    .attr('class', 'selected-value')
    .attr('x', round(box.x + 1))
    .attr('y', round(box.y + box.height - 1))
    .attr('font-size', style.size)
    .attr('font-weight', 600)
    .attr('fill', style.colour)
    .attr('stroke', theme.paper)
    .attr('stroke-width', 3)
    .attr('stroke-linejoin', 'round')
    .attr('paint-order', 'stroke')
    .text(text);
}

function padded(box: Box): Box {
  return {
    x: box.x - CLEARANCE,
    y: box.y - CLEARANCE,
    width: box.width + 2 * CLEARANCE,
    height: box.height + 2 * CLEARANCE,
  };
}

/** How many segments of the lines touch the box. */
function crossings(box: Box, lines: readonly (readonly Point[])[]): number {
  let found = 0;
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) if (touches(line[i - 1], line[i], box)) found++;
  }
  return found;
}

/** Whether a segment meets a box: clipped to the box's columns, does its height range meet the box's? */
function touches(from: Point, to: Point, box: Box): boolean {
  const [a, b] = from[0] <= to[0] ? [from, to] : [to, from];
  const left = Math.max(a[0], box.x);
  const right = Math.min(b[0], box.x + box.width);
  if (left > right) return false;
  const slope = b[0] === a[0] ? 0 : (b[1] - a[1]) / (b[0] - a[0]);
  const y1 = a[1] + (left - a[0]) * slope;
  const y2 = b[0] === a[0] ? b[1] : a[1] + (right - a[0]) * slope;
  return Math.max(y1, y2) >= box.y && Math.min(y1, y2) <= box.y + box.height;
}
