import type { FigureTheme } from './figure-theme';
import type { SvgGroup } from './svg-nodes';

/** What chance would give: a band, and over it the dashed line of its middle, as SVG paths; null for none. */
export function appendNullBand(
  group: SvgGroup,
  { band, middle }: { band: string | null; middle: string | null },
  theme: FigureTheme,
): void {
  group.append('path').attr('class', 'null-band').attr('d', band).attr('fill', theme.nullBand);
  group
    .append('path')
    .attr('class', 'null-mean')
    .attr('d', middle)
    .attr('fill', 'none')
    .attr('stroke', theme.nullLine)
    .attr('stroke-width', 1.25)
    .attr('stroke-dasharray', '3 3');
}
