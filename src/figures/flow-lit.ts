import { select } from 'd3-selection';
import { lineage, type SignRef } from '../semiotics';
import { bodyEdges, isSupersign, threadPath } from './flow-drawing';
import type { Extent, FlowLayout } from './flow-layout';
import { signColour } from './sign-colours';
import type { FlowData } from './superization-flow';
import { round } from './svg-nodes';
import type { FigureTheme } from './theme';

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
  const known = new Set(family.map(({ layer, sign }) => `${layer} ${sign}`));
  for (const thread of layout.threads) {
    const { from, to } = thread.link;
    if (!known.has(`${from.layer} ${from.sign}`) || !known.has(`${to.layer} ${to.sign}`)) continue;
    lit
      .append('path')
      .attr('class', 'ribbon')
      .attr('d', threadPath(data, layout, thread))
      .attr('fill', signColour(theme, thread.path[0].group))
      .attr('fill-opacity', 0.6)
      // The thinnest links stay visible.
      .attr('stroke', signColour(theme, thread.path[0].group))
      .attr('stroke-opacity', 0.6)
      .attr('stroke-width', 0.5);
  }
  for (const ref of family) {
    const body = layout.bodies[ref.layer][ref.sign];
    const [left, right] = bodyEdges(layout, ref.layer, isSupersign(data, body));
    const { y, height } = signExtent(data, layout, ref);
    const own = ref.layer === followed.layer && ref.sign === followed.sign;
    const tall = Math.max(height, own ? 2.5 : 1);
    lit
      .append('rect')
      .attr('class', own ? 'body followed' : 'body')
      .attr('x', round(left - (own ? 1.5 : 0)))
      .attr('y', round(y + (height - tall) / 2))
      .attr('width', round(right - left + (own ? 3 : 0)))
      .attr('height', round(tall))
      .attr('rx', round(Math.min(1.5, tall / 3)))
      .attr('fill', own ? theme.ink : signColour(theme, body.group));
  }
}
