import type { FigureTheme } from '../kit/figure-theme';
import { round, type SvgGroup } from '../kit/svg-nodes';
import type { FlowData } from './flow-data';
import { drawFades } from './flow-fades';
import type { Extent, FlowLayout, PlacedThread } from './flow-layout';
import type { FlowBody, FlowNode } from './flow-nodes';
import { signColour } from './sign-colours';

/** A ribbon's colour over paper. */
const RIBBON = 0.42;
/** The same where it passes a layer by. */
const SKIPPING = 0.24;
/** Width of a body that takes in one sign or none, as a share of a supersign's. */
const NARROW = 0.55;

/** Left and right edge of a body's drawing: a supersign is the broad one. */
export function bodyEdges(layout: FlowLayout, layer: number, broad: boolean): [number, number] {
  const x = layout.axis.x(layer);
  const half = (layout.bodyWidth / 2) * (broad ? 1 : NARROW);
  return [x - half, x + half];
}

export const isSupersign = (data: FlowData, body: FlowBody) =>
  body.kind === 'others' || data.linked?.layers[body.layer][body.signs[0]].form === 'supersign';

/** All ribbons: those that pass layers by below the others, thin ones last. */
export function drawRibbons(root: SvgGroup, data: FlowData, layout: FlowLayout, theme: FigureTheme): void {
  const group = root.append('g').attr('class', 'ribbons');
  const skips = ({ from, to }: { from: FlowNode; to: FlowNode }) =>
    from.kind === 'lane' || to.kind === 'lane';
  const sorted = [...layout.ribbons].sort(
    (a, b) => Number(skips(b)) - Number(skips(a)) || b.start.height - a.start.height,
  );
  for (const ribbon of sorted) {
    const { from, to, start, end } = ribbon;
    group
      .append('path')
      .attr('class', 'ribbon')
      .attr('d', ribbonPath(edgeOf(data, layout, from, 1), edgeOf(data, layout, to, 0), start, end))
      .attr('fill', signColour(theme, to.group))
      .attr('fill-opacity', skips(ribbon) ? SKIPPING : RIBBON);
  }
}

/** Where ribbons leave a node (side 1) or arrive (side 0): a lane has no breadth. */
function edgeOf(data: FlowData, layout: FlowLayout, node: FlowNode, side: 0 | 1): number {
  if (node.kind === 'lane') return layout.axis.x(node.layer);
  return bodyEdges(layout, node.layer, isSupersign(data, node))[side];
}

/** A band between two extents that leaves and arrives level. */
export function ribbonPath(x0: number, x1: number, start: Extent, end: Extent): string {
  const middle = round((x0 + x1) / 2);
  const [a, b] = [round(x0), round(x1)];
  const [top, low] = [round(start.y), round(start.y + start.height)];
  const [endTop, endLow] = [round(end.y), round(end.y + end.height)];
  return `M${a} ${top}C${middle} ${top} ${middle} ${endTop} ${b} ${endTop}V${endLow}C${middle} ${endLow} ${middle} ${low} ${a} ${low}Z`;
}

/** The path of one link through all its layers. */
export function threadPath(data: FlowData, layout: FlowLayout, { path, extents }: PlacedThread): string {
  return extents
    .slice(1)
    .map((end, i) =>
      ribbonPath(edgeOf(data, layout, path[i], 1), edgeOf(data, layout, path[i + 1], 0), extents[i], end),
    )
    .join('');
}

/** All bodies, with what emerges fading in at their left and what dissolves fading out at their right. */
export function drawBodies(root: SvgGroup, data: FlowData, layout: FlowLayout, theme: FigureTheme): void {
  const { linked } = data;
  if (!linked) return;
  const fades = drawFades(root, layout, theme);
  const group = root.append('g').attr('class', 'bodies');
  for (const column of layout.columns) {
    for (const body of column) {
      if (body.kind === 'lane') continue;
      const { y, height } = layout.boxes.get(body)!;
      const signs = body.signs.map((sign) => linked.layers[body.layer][sign]);
      const fill = signColour(theme, body.group);
      const share = (kept: (sign: (typeof signs)[number]) => boolean) =>
        signs.reduce(
          (sum, sign) => sum + (kept(sign) ? data.layers[body.layer].signs[sign.sign].share : 0),
          0,
        ) * layout.scale;
      const [left, right] = bodyEdges(layout, body.layer, isSupersign(data, body));
      // What is taken in enters at the top of a body, what dissolves stands at its bottom.
      fades.in(
        left,
        y + height,
        share(({ form }) => form === 'emerges'),
        fill,
      );
      fades.out(
        right,
        y + height,
        share(({ fate }) => fate === 'dissolves'),
        fill,
      );
      const one = body.kind === 'sign' ? signs[0] : null;
      group
        .append('rect')
        .attr('class', `body ${one?.form ?? 'others'}`)
        .attr('x', round(left))
        .attr('y', round(y))
        .attr('width', round(right - left))
        .attr('height', round(height))
        .attr('rx', round(Math.min(1.5, height / 3)))
        .attr('fill', fill);
      if (!one) sliceBody(group, left, right, y, height, theme);
    }
  }
}

/** Fine gaps across the body of what is gathered: many, not one. */
export function sliceBody(
  group: SvgGroup,
  left: number,
  right: number,
  y: number,
  height: number,
  theme: FigureTheme,
): void {
  const lines: string[] = [];
  for (let at = y + 2.5; at < y + height - 0.5; at += 2.5)
    lines.push(`M${round(left)} ${round(at)}H${round(right)}`);
  group
    .append('path')
    .attr('d', lines.join(''))
    .attr('stroke', theme.paper)
    .attr('stroke-width', 0.9)
    .attr('stroke-opacity', 0.75);
}
