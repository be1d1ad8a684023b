import type { FigureTheme } from '../kit/figure-theme';
import { placeStack } from '../kit/place-stack';
import { round, type SvgGroup } from '../kit/svg-nodes';
import type { FlowParts } from './flow-data';
import type { FlowLayout } from './flow-layout';
import { signColour } from './sign-colours';
import { cropAround } from './tree-crop';

/** Side of a thumbnail in pixels. */
const SIDE = 34;

/** At each part, where it stands by itself for the last time, the place of the picture it lies on. */
export function drawParts(root: SvgGroup, parts: FlowParts, layout: FlowLayout, theme: FigureTheme): void {
  const { picture, list } = parts;
  if (!picture) return;
  const { axis, top, bottom, boxes, bodies } = layout;
  const { grid, href } = picture;
  const group = root.append('g').attr('class', 'parts').attr('pointer-events', 'none');
  group
    .append('defs')
    .append('image')
    .attr('id', 'flow-picture')
    .attr('href', href)
    .attr('width', grid.width)
    .attr('height', grid.height)
    .attr('preserveAspectRatio', 'none');
  const side = Math.min(SIDE, (bottom - top) / (list.length + 1));
  const wished = list.map(({ sign: { layer, sign } }, rank) => {
    const body = boxes.get(bodies[layer][sign]) ?? { y: top, height: 0 };
    return { layer, sign, rank, wish: body.y + body.height / 2 - side / 2 };
  });
  // All in one stack: parts that are taken in by neighbouring layers would cover each other.
  const stacked = [...wished].sort((a, b) => a.wish - b.wish);
  const ys = placeStack(
    stacked.map(({ wish }) => ({ height: side, wish, weight: 1 })),
    4,
    { top, bottom },
  );
  stacked.forEach(({ layer, sign, rank }, i) => {
    const x = Math.max(axis.left, Math.min(axis.right - side, axis.x(layer) - side - layout.bodyWidth));
    const crop = cropAround(picture.box({ layer, sign }), grid);
    group
      .append('svg')
      .attr('class', 'part')
      .attr('x', round(x))
      .attr('y', round(ys[i]))
      .attr('width', round(side))
      .attr('height', round(side))
      .attr('viewBox', `${round(crop.x)} ${round(crop.y)} ${round(crop.width)} ${round(crop.height)}`)
      .append('use')
      .attr('href', '#flow-picture');
    group
      .append('rect')
      .attr('x', round(x + 0.75))
      .attr('y', round(ys[i] + 0.75))
      .attr('width', round(side - 1.5))
      .attr('height', round(side - 1.5))
      .attr('fill', 'none')
      .attr('stroke', signColour(theme, rank))
      .attr('stroke-width', 2.5);
  });
}
