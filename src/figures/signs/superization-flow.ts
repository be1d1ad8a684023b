import { select } from 'd3-selection';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { cutOff, figureSvg } from '../kit/svg-nodes';
import type { FlowData } from './flow-data';
import { drawBodies, drawRibbons } from './flow-drawing';
import { drawFlowFrame, drawFlowLabels, drawGathered } from './flow-frame';
import { type FlowLayout, flowLayout } from './flow-layout';
import { drawFlowLegend } from './flow-legend-drawing';
import { drawParts } from './flow-parts';

/**
 * Draws how signs are aggregated from layer to layer: bodies as high as their share of the map's mass, in the colour of the
 * final sign that holds at least half of them, and ribbons as thick as the mass that is taken in.
 */
export function superizationFlow(
  document: Document,
  data: FlowData,
  size: FigureSize,
  theme: FigureTheme,
  layout: FlowLayout = flowLayout(data, size),
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Superization flow'),
    description: flowInWords(data),
  });
  // What lies beyond the edges of the axis is cut off there; the row labels are not.
  const plot = data.span ? cutOff(root, layout.axis, size.height) : root;
  plot.append('g').attr('class', 'frame');
  const drawing = plot.append('g').attr('class', 'drawing');
  drawRibbons(drawing, data, layout, theme);
  drawBodies(drawing, data, layout, theme);
  // The quiet band of small signs stays quiet.
  if (data.parts) drawParts(drawing, data.parts, layout, theme);
  else drawGathered(drawing, layout, theme);
  plot.append('g').attr('class', 'lit');
  root.append('g').attr('class', 'labels');
  drawFlowLegend(root, data, layout.legendTop, size.width, theme);
  markFlow(node, data, layout, size, theme);
  return node;
}

/** Draws anew what depends on the selected layer and on the null model, and leaves the signs as they are. */
export function markFlow(
  node: SVGSVGElement,
  data: FlowData,
  layout: FlowLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const svg = select(node);
  const frame = svg.select<SVGGElement>('g.frame');
  const labels = svg.select<SVGGElement>('g.labels');
  for (const group of [frame, labels]) group.selectAll('*').remove();
  drawFlowFrame(frame, data, layout, theme);
  drawFlowLabels(labels, data, layout, size, theme);
}

/** The figure in words. */
function flowInWords({ layers, linked }: FlowData): string {
  if (!linked) return say('Signs of {layers}, not found yet.', { layers: counted(layers.length, 'layer') });
  const counts = layers
    .map(({ name, signs }) => say('{signs} at {name}', { signs: signs.length, name }))
    .join(say(', '));
  const all = linked.layers.flat();
  const supersigns = all.filter(({ form }) => form === 'supersign').length;
  const roots = all.filter(({ fate }) => fate === 'root').length;
  return say('Signs by layer: {counts}. {supersigns}; the decision rests on {finalSigns}.', {
    counts,
    supersigns: counted(supersigns, 'supersign'),
    finalSigns: counted(roots, 'final sign'),
  });
}
