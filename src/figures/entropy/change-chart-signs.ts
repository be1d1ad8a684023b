import type { FigureTheme } from '../kit/figure-theme';
import { round, type SvgGroup } from '../kit/svg-nodes';
import type { ChangeSplit } from './change-chart-data';

/** Which colour belongs to which part. */
export const changeColours = (theme: FigureTheme): Record<keyof ChangeSplit, string> => ({
  classFormation: theme.blue,
  complexFormation: theme.amber,
});

/** A mark pointing down: here superization happens. */
export function appendMark(group: SvgGroup, x: number, y: number, theme: FigureTheme): void {
  group
    .append('path')
    .attr('class', 'happens')
    .attr('d', `M${round(x - 4.5)} ${round(y - 3.5)}h9l-4.5 7z`)
    .attr('fill', theme.accent);
}
