import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { appendLine, appendText, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';
import type { ChangeChartData } from './change-chart-data';
import { drawChangeFrame, drawChangeLabels } from './change-chart-frame';
import { type ChangeChartLayout, changeChartLayout } from './change-chart-layout';
import { appendMark, changeColours } from './change-chart-signs';

const MARK_WORD = 'superization';

/** Draws the change of the joint entropy on every step, split in two, each beside its null, between the columns of its layers. */
export function changeChart(
  document: Document,
  data: ChangeChartData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = changeChartLayout(data, size);
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Change by step'),
    description: changeInWords(data),
  });
  drawChangeFrame(root, data, layout, theme);
  drawSteps(root, data, layout, theme);
  drawChangeLabels(root, data, layout, size, theme);
  return node;
}

function drawSteps(
  root: SvgGroup,
  data: ChangeChartData,
  layout: ChangeChartLayout,
  theme: FigureTheme,
): void {
  const { stepX, barWidth, barGap, axis, y } = layout;
  const group = root.append('g').attr('class', 'steps');
  const colours = changeColours(theme);
  data.layers.forEach(({ step }, i) => {
    if (!step) return;
    const offsets = { classFormation: -(barWidth + barGap) / 2, complexFormation: (barWidth + barGap) / 2 };
    for (const part of ['classFormation', 'complexFormation'] as const) {
      const x = stepX(i) + offsets[part];
      bar(group, x, barWidth, y(0), y(step[part])).attr('class', `bar ${part}`).attr('fill', colours[part]);
      if (!step.null) continue;
      // The null as a frame about the bar: what the frame holds is no finding.
      bar(group, x, barWidth + Math.min(3, barGap), y(0), y(step.null[part]))
        .attr('class', `null ${part}`)
        .attr('fill', 'none')
        .attr('stroke', theme.ink)
        .attr('stroke-opacity', 0.55)
        .attr('stroke-width', axis.step < 24 ? 0.5 : 0.9);
    }
    if (step.happens) appendMark(group, stepX(i), layout.markY, theme);
  });
  if (!data.title) nameMark(group, data, layout, theme);
  appendLine(group, [axis.left, y(0)], [axis.right, y(0)], theme.nullLine);
}

/** Says what the marks mean beside the first that has the room. */
function nameMark(
  group: SvgGroup,
  data: ChangeChartData,
  layout: ChangeChartLayout,
  theme: FigureTheme,
): void {
  const marks = data.layers.flatMap(({ step }, i) => (step?.happens ? [layout.stepX(i)] : []));
  const width = textWidth(say(MARK_WORD), 10) + 18;
  const roomy = marks.find((x, i) => x + width < (marks[i + 1] ?? layout.axis.right));
  if (roomy === undefined) return;
  appendText(group, say(MARK_WORD), roomy + 8, layout.markY + 3.5, { size: 10, colour: theme.accent });
}

function bar(group: SvgGroup, x: number, width: number, zero: number, end: number) {
  return group
    .append('rect')
    .attr('x', round(x - width / 2))
    .attr('y', round(Math.min(zero, end)))
    .attr('width', round(width))
    .attr('height', round(Math.abs(end - zero)));
}

/** The chart in words. */
function changeInWords({ layers }: ChangeChartData): string {
  const steps = layers.slice(1);
  const known = steps.filter(({ step }) => step !== null);
  const happens = known.filter(({ step }) => step?.happens).map(({ name }) => name);
  const where =
    happens.length > 0
      ? say('on the steps to {happens}', { happens: happens.join(say(', ')) })
      : say('on none of them known so far');
  return say('Class and complex formation on {known} of {steps}, bits. Superization happens {where}.', {
    known: known.length,
    steps: counted(steps.length, 'step'),
    where,
  });
}
