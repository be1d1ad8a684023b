import type { FigureTheme } from './figure-theme';
import type { SvgGroup } from './svg-nodes';

type SvgPath = ReturnType<typeof appendPath>;

const appendPath = (group: SvgGroup) => group.append('path');

/** What chance would give: a band, and over it the dashed line of its middle, as SVG paths; null for none. Gives the line. */
export function appendNullBand(
  group: SvgGroup,
  { band, middle }: { band: string | null; middle: string | null },
  theme: FigureTheme,
): SvgPath {
  group.append('path').attr('class', 'null-band').attr('d', band).attr('fill', theme.nullBand);
  return appendPath(group)
    .attr('class', 'null-mean')
    .attr('d', middle)
    .attr('fill', 'none')
    .attr('stroke', theme.nullLine)
    .attr('stroke-width', 1.25)
    .attr('stroke-dasharray', '3 3');
}
