import { scaleLinear } from 'd3-scale';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import type { ChangeSplit } from '../entropy/change-chart-data';
import { appendMark, changeColours } from '../entropy/change-chart-signs';
import type { FigureTheme } from '../kit/figure-theme';
import { appendLine, appendText, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';
import {
  domainOf,
  drawAround,
  drawHead,
  drawResizes,
  drawTicks,
  type StudyChartData,
  type StudyFrame,
  type StudyPoint,
  studyFrame,
} from './study-frame';
import { drawWhisker } from './study-lines';
import { picturesInWords } from './study-profile';

/** What happens on the step to a layer, over many pictures. */
export interface StudyStep {
  /** Mean changes in bits. */
  readonly classFormation: StudyPoint;
  readonly complexFormation: StudyPoint;
  /** The same of the null models. */
  readonly null: ChangeSplit;
  /** Share of the pictures in which superization happens, with its interval. */
  readonly share: StudyPoint;
  /** Whether the fall beyond the null is more than chance. */
  readonly claimed: boolean;
}

export interface StudyChangeData extends StudyChartData {
  /** By layer: the step from the layer before; null for the first, and where no picture has it. */
  readonly steps: readonly (StudyStep | null)[];
  readonly pictures: number;
}

const CHANGE = 132;
const SHARE = 64;

const frameOf = (data: StudyChangeData, width: number): StudyFrame =>
  studyFrame(data, width, [CHANGE, SHARE]);

/** Natural height in pixels at this width. */
export const studyChangeHeight = (data: StudyChangeData, width: number): number =>
  frameOf(data, width).height;

/** Draws the mean change on every step, split in two, and the share of the pictures in which superization happens. */
export function studyChange(
  document: Document,
  data: StudyChangeData,
  width: number,
  theme: FigureTheme,
): SVGSVGElement {
  const frame = frameOf(data, width);
  const { node, root } = figureSvg(document, { width, height: frame.height }, theme, {
    title: data.title ?? say('Change by step'),
    description: changeInWords(data),
  });
  drawResizes(root, data, frame, theme);
  drawChanges(root, data, frame, theme);
  drawShares(root, data, frame, theme);
  drawAround(root, data, frame, theme);
  return node;
}

function drawChanges(root: SvgGroup, data: StudyChangeData, frame: StudyFrame, theme: FigureTheme): void {
  const { axis } = frame;
  const [panel] = frame.panels;
  const values = data.steps.flatMap((step) =>
    step
      ? [step.classFormation, step.complexFormation]
          .flatMap(({ low, high }) => [low, high])
          .concat(step.null.classFormation, step.null.complexFormation)
      : [],
  );
  const y = scaleLinear(domainOf(values.length ? values : [-1, 1], { zero: true }), [
    panel.bottom,
    panel.top,
  ]);
  drawTicks(root, frame, y, theme);
  const colours = changeColours(theme);
  drawHead(root, frame, panel, [
    { text: say('Change, bits'), colour: theme.ink, strong: true },
    { text: say('class formation'), colour: colours.classFormation },
    { text: say('complex formation'), colour: theme.amberInk },
    { text: say('frames: null'), colour: theme.faint },
  ]);
  const width = Math.max(1.5, Math.min(14, axis.step * 0.2));
  const apart = width * 0.65;
  const group = root.append('g').attr('class', 'changes');
  data.steps.forEach((step, i) => {
    if (!step) return;
    const middle = axis.left + i * axis.step;
    for (const [part, offset] of [
      ['classFormation', -apart],
      ['complexFormation', apart],
    ] as const) {
      const x = middle + offset;
      appendBar(group, x, width, y(0), y(step[part].mean))
        .attr('class', `bar ${part}`)
        .attr('fill', colours[part]);
      appendBar(group, x, width + 3, y(0), y(step.null[part]))
        .attr('class', `null ${part}`)
        .attr('fill', 'none')
        .attr('stroke', theme.ink)
        .attr('stroke-opacity', 0.55)
        .attr('stroke-width', axis.step < 24 ? 0.5 : 0.9);
      if (axis.step >= 16) drawWhisker(group, x, step[part], y, theme.ink);
    }
  });
  appendLine(group, [axis.left, y(0)], [axis.right, y(0)], theme.nullLine);
}

function drawShares(root: SvgGroup, data: StudyChangeData, frame: StudyFrame, theme: FigureTheme): void {
  const { axis } = frame;
  const panel = frame.panels[1];
  const y = scaleLinear([0, 1], [panel.bottom, panel.top]);
  drawTicks(root, frame, y, theme, (share) => `${Math.round(share * 100)} %`);
  drawHead(root, frame, panel, [
    { text: say('Superization'), colour: theme.ink, strong: true },
    { text: say('share of {pictures}', { pictures: picturesInWords(data.pictures) }), colour: theme.accent },
    { text: say('marked: the fall is beyond the null'), colour: theme.faint },
  ]);
  const width = Math.max(2, Math.min(26, axis.step * 0.42));
  const group = root.append('g').attr('class', 'shares');
  data.steps.forEach((step, i) => {
    if (!step) return;
    const x = axis.left + i * axis.step;
    appendBar(group, x, width, y(0), y(step.share.mean))
      .attr('class', 'share')
      .attr('fill', step.claimed ? theme.accent : theme.grey);
    if (axis.step >= 16) drawWhisker(group, x, step.share, y, theme.ink);
    if (step.claimed) appendMark(group, x, panel.top - 5, theme);
    const text = `${Math.round(step.share.mean * 100)}`;
    if (axis.step >= 44 && y(0) - y(step.share.mean) > 16) {
      appendText(group, text, x - width / 2 - 4, panel.bottom - 4, {
        size: 10,
        colour: theme.soft,
        anchor: 'end',
      });
    }
  });
}

function appendBar(group: SvgGroup, x: number, width: number, zero: number, end: number) {
  return group
    .append('rect')
    .attr('x', round(x - width / 2))
    .attr('y', round(Math.min(zero, end)))
    .attr('width', round(width))
    .attr('height', round(Math.abs(end - zero)));
}

function changeInWords({ layers, steps, pictures }: StudyChangeData): string {
  const told = steps.flatMap((step, i) =>
    step
      ? [
          say('{name} to {name2} in {mean} %{part}', {
            name: layers[i - 1].name,
            name2: layers[i].name,
            mean: Math.round(step.share.mean * 100),
            part: step.claimed ? say(', beyond the null') : '',
          }),
        ]
      : [],
  );
  if (told.length === 0)
    return say('{layers}, not measured yet.', { layers: counted(layers.length, 'layer') });
  return say('Share of {pictures} in which superization happens, by step: {told}.', {
    pictures: picturesInWords(pictures),
    told: told.join('; '),
  });
}
