import { type Selection, select } from 'd3-selection';
import type { FontWeight } from './chart-text';
import type { FigureTheme } from './figure-theme';
import type { FigureSize } from './figure-types';

export type SvgGroup = Selection<SVGGElement, unknown, null, undefined>;

export interface SvgTextStyle {
  readonly size: number;
  readonly colour: string;
  readonly weight?: FontWeight;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/**
 * An empty figure on paper: an image to assistive technology, named by `<title>`, told by `<desc>`. Every style
 * is an attribute, so that the serialised figure stands alone.
 */
export function figureSvg(
  document: Document,
  size: FigureSize,
  theme: FigureTheme,
  words: { title: string; description: string },
): { node: SVGSVGElement; root: SvgGroup } {
  const node = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const svg = select(node)
    .attr('xmlns', 'http://www.w3.org/2000/svg')
    .attr('viewBox', `0 0 ${size.width} ${size.height}`)
    .attr('width', size.width)
    .attr('height', size.height)
    .attr('role', 'img')
    .attr('aria-label', words.title)
    .attr('font-family', theme.font);
  svg.append('title').text(words.title);
  svg.append('desc').text(words.description);
  svg.append('rect').attr('width', size.width).attr('height', size.height).attr('fill', theme.paper);
  return { node, root: svg.append('g') };
}

/** A part of the figure in its own coordinates, of which nothing is seen beyond the two edges. */
export function cutOff(
  root: SvgGroup,
  { left, right }: { left: number; right: number },
  height: number,
): SvgGroup {
  const width = right - left;
  return root
    .append('svg')
    .attr('x', round(left))
    .attr('width', round(width))
    .attr('height', height)
    .attr('viewBox', `${round(left)} 0 ${round(width)} ${height}`)
    .append('g');
}

/**
 * For groups of numbers that stand under each other. Not for the whole figure: Inter's tabular hyphen is as wide
 * as a digit and tears "Grad-CAM" apart. There is no presentation attribute for it; a style attribute
 * serialises as well.
 */
export const TABULAR = 'font-variant-numeric: tabular-nums';

/** Writes one line with its baseline at `y`. */
export function appendText(group: SvgGroup, text: string, x: number, y: number, style: SvgTextStyle): void {
  group
    .append('text')
    .attr('x', round(x))
    .attr('y', round(y))
    .attr('font-size', style.size)
    .attr('font-weight', style.weight ?? 400)
    .attr('text-anchor', style.anchor ?? 'start')
    .attr('fill', style.colour)
    .text(text);
}

/** Draws a straight line; `dash` as in `stroke-dasharray`. */
export function appendLine(
  group: SvgGroup,
  from: readonly [number, number],
  to: readonly [number, number],
  colour: string,
  dash?: string,
): Selection<SVGLineElement, unknown, null, undefined> {
  const line = group
    .append('line')
    .attr('x1', round(from[0]))
    .attr('y1', round(from[1]))
    .attr('x2', round(to[0]))
    .attr('y2', round(to[1]))
    .attr('stroke', colour);
  return dash ? line.attr('stroke-dasharray', dash) : line;
}

/** A thousandth of a pixel is enough, and keeps the file readable. */
export function round(pixels: number): number {
  return Math.round(pixels * 1000) / 1000;
}
