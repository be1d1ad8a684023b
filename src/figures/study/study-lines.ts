import type { ScaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { FigureTheme } from '../kit/figure-theme';
import type { LayerAxis } from '../kit/layer-axis';
import { appendLine, round, type SvgGroup } from '../kit/svg-nodes';
import { isThere, type StudyPoint } from './study-frame';

/** What a line stands for, and so which colour it has. */
export type StudyTone = 'measured' | 'other' | 'null' | 'reference';

export const toneColour = (tone: StudyTone, theme: FigureTheme): string =>
  ({ measured: theme.accent, other: theme.blue, null: theme.nullLine, reference: theme.grey })[tone];

interface Placed {
  axis: Pick<LayerAxis, 'x' | 'step'>;
  y: ScaleLinear<number, number>;
}

/** Draws means as a line within their band; a layer without one is a gap, a layer between two gaps a short bar. */
export function drawSeries(
  root: SvgGroup,
  points: readonly (StudyPoint | null)[],
  tone: StudyTone,
  { axis, y }: Placed,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', `series ${tone}`);
  const colour = toneColour(tone, theme);
  const band = area<StudyPoint | null>()
    .defined(isThere)
    .x((_, i) => round(axis.x(i)))
    .y0((point) => round(y(point!.low)))
    .y1((point) => round(y(point!.high)));
  const means = line<StudyPoint | null>()
    .defined(isThere)
    .x((_, i) => round(axis.x(i)))
    .y((point) => round(y(point!.mean)));
  if (tone !== 'reference') {
    group
      .append('path')
      .attr('class', 'band')
      .attr('d', band([...points]))
      .attr('fill', tone === 'null' ? theme.nullBand : colour)
      .attr('fill-opacity', tone === 'null' ? 1 : 0.2);
  }
  const path = group
    .append('path')
    .attr('class', 'mean')
    .attr('d', means([...points]))
    .attr('fill', 'none')
    .attr('stroke', colour)
    .attr('stroke-width', tone === 'measured' || tone === 'other' ? 1.75 : 1.25)
    .attr('stroke-linejoin', 'round')
    .attr('stroke-linecap', 'round');
  if (tone === 'null') path.attr('stroke-dasharray', '3 3');
  const radius = axis.step < 12 ? 1.5 : 2.5;
  points.forEach((point, i) => {
    if (!isThere(point)) return;
    const alone = !isThere(points[i - 1] ?? null) && !isThere(points[i + 1] ?? null);
    if (alone) {
      const half = Math.min(8, axis.step / 4);
      appendLine(group, [axis.x(i) - half, y(point.mean)], [axis.x(i) + half, y(point.mean)], colour);
    }
    if (tone === 'measured' || tone === 'other') {
      if (alone) appendLine(group, [axis.x(i), y(point.low)], [axis.x(i), y(point.high)], colour);
      group
        .append('circle')
        .attr('class', 'value')
        .attr('cx', round(axis.x(i)))
        .attr('cy', round(y(point.mean)))
        .attr('r', radius)
        .attr('fill', colour)
        .attr('stroke', theme.paper)
        .attr('stroke-width', axis.step < 12 ? 0.25 : 0.75);
    }
  });
}

/** A line from the lower to the upper end of a band, with short ends. */
export function drawWhisker(
  group: SvgGroup,
  x: number,
  { low, high }: Pick<StudyPoint, 'low' | 'high'>,
  y: ScaleLinear<number, number>,
  colour: string,
  half = 2.5,
): void {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return;
  const whisker = group.append('g').attr('class', 'whisker');
  appendLine(whisker, [x, y(low)], [x, y(high)], colour);
  for (const end of [low, high]) appendLine(whisker, [x - half, y(end)], [x + half, y(end)], colour);
}
