import { select } from 'd3-selection';
import { lineage, type SignRef } from '../../semiotics';
import type { FigureTheme } from '../kit/figure-theme';
import { round } from '../kit/svg-nodes';
import type { FlowData } from './flow-data';
import { bodyEdges, isSupersign, threadPath } from './flow-drawing';
import type { Extent, FlowLayout } from './flow-layout';
import { signColour } from './sign-colours';

/** What is left of the figure where one sign is followed. */
const DIMMED = 0.22;

/** Where a sign is in its body: all of it, or its slice of what is gathered there. */
export function signExtent(data: FlowData, layout: FlowLayout, { layer, sign }: SignRef): Extent {
  const body = layout.bodies[layer][sign];
  const { y } = layout.boxes.get(body)!;
  const { signs } = data.layers[layer];
  let above = 0;
  for (const id of body.signs) {
    if (id === sign) break;
    above += signs[id].share;
  }
  return { y: y + above * layout.scale, height: signs[sign].share * layout.scale };
}

/**
 * Lights one sign of a drawn figure with all it came from and all it goes into, and dims the rest; null lets go. Only what
 * is lit is drawn anew, so that it follows a pointer at the rate of the screen.
 */
export function lightFlow(
  svg: SVGSVGElement,
  data: FlowData,
  layout: FlowLayout,
  theme: FigureTheme,
  followed: SignRef | null,
): void {
  const lit = select(svg).select<SVGGElement>('g.lit');
  lit.selectAll('*').remove();
  const drawing = select(svg).select('g.drawing');
  if (!followed || !data.linked) {
    drawing.attr('opacity', null);
    return;
  }
  drawing.attr('opacity', DIMMED);
  const family = lineage(data.linked, followed);
  const known = data.linked.layers.map(() => new Set<number>());
  for (const { layer, sign } of family) known[layer].add(sign);
  // A family ends in one sign: it has one colour, and can be drawn as one path.
  const colour = signColour(theme, layout.bodies[followed.layer][followed.sign].group);
  const ribbons = layout.threads.filter(
    ({ link: { from, to } }) => known[from.layer].has(from.sign) && known[to.layer].has(to.sign),
  );
  lit
    .append('path')
    .attr('class', 'ribbons')
    .attr('d', ribbons.map((thread) => threadPath(data, layout, thread)).join(''))
    .attr('fill', colour)
    .attr('fill-opacity', 0.6)
    // The thinnest links stay visible.
    .attr('stroke', colour)
    .attr('stroke-opacity', 0.6)
    .attr('stroke-width', 0.5);
  const rectangle = (ref: SignRef, margin: number, least: number) => {
    const supersign = isSupersign(data, layout.bodies[ref.layer][ref.sign]);
    const [left, right] = bodyEdges(layout, ref.layer, supersign);
    const { y, height } = signExtent(data, layout, ref);
    const tall = Math.max(least, height);
    const top = round(y + (height - tall) / 2);
    return `M${round(left - margin)} ${top}H${round(right + margin)}V${round(top + tall)}H${round(left - margin)}Z`;
  };
  lit
    .append('path')
    .attr('class', 'bodies')
    .attr('d', family.map((ref) => rectangle(ref, 0, 1)).join(''))
    .attr('fill', colour);
  lit
    .append('path')
    .attr('class', 'followed')
    .attr('d', rectangle(followed, 1.5, 2.5))
    .attr('fill', theme.ink);
}
