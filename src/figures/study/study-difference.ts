import { scaleLinear } from 'd3-scale';
import { say } from '../../text/say';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { MeasureLabel } from '../kit/figure-types';
import { fixedBeside, formatEntropy, formatMeasure } from '../kit/number-format';
import { appendLine, appendText, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';
import {
  domainOf,
  drawAround,
  drawHead,
  drawResizes,
  drawTicks,
  isThere,
  type StudyChartData,
  type StudyFrame,
  type StudyPoint,
  studyFrame,
} from './study-frame';
import { drawSeries, drawWhisker } from './study-lines';
import { picturesInWords } from './study-profile';

/** What differs at a layer between two studies of the same pictures, the first minus the second. */
export interface StudyDifference {
  readonly band: StudyPoint;
  /** Effect size; null where the differences do not differ. */
  readonly effect: number | null;
  /** p of the permutation test, corrected for all layers. */
  readonly p: number;
}

export interface StudyDifferenceData extends StudyChartData {
  readonly measure: MeasureLabel;
  /** What is compared. */
  readonly first: string;
  readonly second: string;
  /** Both profiles, as they are. */
  readonly means: {
    readonly first: readonly (StudyPoint | null)[];
    readonly second: readonly (StudyPoint | null)[];
  };
  readonly differences: readonly (StudyDifference | null)[];
  /** Whether each picture is in both; else two groups of pictures are compared. */
  readonly paired: boolean;
  readonly pictures: number;
}

const PLOT = 112;
const DIFFERENCE = 84;
const EFFECT = 40;
/** From here on a difference is no longer called chance. */
export const SIGNIFICANT = 0.05;

/** Whether a difference is more than chance: its band leaves zero out, and p is small. */
export const isBeyondChance = ({ band, p }: Pick<StudyDifference, 'band' | 'p'>): boolean =>
  p < SIGNIFICANT && (band.low > 0 || band.high < 0);

const frameOf = (data: StudyDifferenceData, width: number): StudyFrame =>
  studyFrame(data, width, [PLOT, DIFFERENCE, EFFECT]);

/** Natural height in pixels at this width. */
export const studyDifferenceHeight = (data: StudyDifferenceData, width: number): number =>
  frameOf(data, width).height;

/** Draws two profiles, their differences with band, and under each its effect size and p. */
export function studyDifference(
  document: Document,
  data: StudyDifferenceData,
  width: number,
  theme: FigureTheme,
): SVGSVGElement {
  const frame = frameOf(data, width);
  const { node, root } = figureSvg(document, { width, height: frame.height }, theme, {
    title: data.title ?? say('{first} against {second}', { first: data.first, second: data.second }),
    description: differenceInWords(data),
  });
  drawResizes(root, data, frame, theme);
  drawMeans(root, data, frame, theme);
  drawDifferences(root, data, frame, theme);
  drawTests(root, data, frame, theme);
  drawAround(root, data, frame, theme);
  return node;
}

function drawMeans(root: SvgGroup, data: StudyDifferenceData, frame: StudyFrame, theme: FigureTheme): void {
  const [panel] = frame.panels;
  const values = [...data.means.first, ...data.means.second]
    .filter(isThere)
    .flatMap(({ low, high }) => [low, high]);
  const y = scaleLinear(domainOf(values, { ratio: data.measure.unit === 'ratio' }), [
    panel.bottom,
    panel.top,
  ]);
  drawTicks(root, frame, y, theme);
  drawHead(root, frame, panel, [
    { text: formatMeasure(data.measure), colour: theme.ink, strong: true },
    { text: data.first, colour: theme.accent },
    { text: data.second, colour: theme.blue },
  ]);
  const placed = { axis: frame.axis, y };
  drawSeries(root, data.means.second, 'other', placed, theme);
  drawSeries(root, data.means.first, 'measured', placed, theme);
}

function drawDifferences(
  root: SvgGroup,
  data: StudyDifferenceData,
  frame: StudyFrame,
  theme: FigureTheme,
): void {
  const panel = frame.panels[1];
  const values = data.differences.flatMap((each) => (each ? [each.band.low, each.band.high] : []));
  const y = scaleLinear(domainOf(values.length ? values : [-1, 1], { zero: true }), [
    panel.bottom,
    panel.top,
  ]);
  drawTicks(root, frame, y, theme);
  drawHead(root, frame, panel, [
    { text: `${data.first} − ${data.second}`, colour: theme.ink, strong: true },
    { text: picturesInWords(data.pictures), colour: theme.faint },
    { text: say('filled: beyond chance'), colour: theme.faint },
  ]);
  const group = root.append('g').attr('class', 'differences');
  appendLine(group, [frame.axis.left, y(0)], [frame.axis.right, y(0)], theme.nullLine);
  data.differences.forEach((each, i) => {
    if (!each) return;
    const x = frame.axis.x(i);
    drawWhisker(group, x, each.band, y, theme.ink, Math.min(4, frame.axis.step / 6));
    group
      .append('circle')
      .attr('class', isBeyondChance(each) ? 'difference claimed' : 'difference')
      .attr('cx', round(x))
      .attr('cy', round(y(each.band.mean)))
      .attr('r', frame.axis.step < 12 ? 2 : 3.5)
      .attr('fill', isBeyondChance(each) ? theme.ink : theme.paper)
      .attr('stroke', theme.ink);
  });
}

/** Effect size and p of every layer as numbers, where columns have the room; else the size as a bar. */
function drawTests(root: SvgGroup, data: StudyDifferenceData, frame: StudyFrame, theme: FigureTheme): void {
  const panel = frame.panels[2];
  drawHead(root, frame, panel, [
    {
      text: data.paired ? say('Effect size d, p of sign flips') : say('Effect size g, p of regroupings'),
      colour: theme.ink,
      strong: true,
    },
    { text: say('corrected for all layers'), colour: theme.faint },
  ]);
  const group = root.append('g').attr('class', 'tests');
  const effects = data.differences.flatMap((each) => (each?.effect ? [Math.abs(each.effect)] : []));
  const y = scaleLinear([0, Math.max(0.8, ...effects)], [panel.bottom, panel.top]);
  const inWords = data.differences.map(
    (each) =>
      each && { effect: each.effect === null ? '–' : formatEntropy(each.effect), p: pInWords(each.p) },
  );
  const widest = Math.max(
    0,
    ...inWords.flatMap((words) => (words ? [textWidth(words.effect, 11, 600), textWidth(words.p, 10)] : [])),
  );
  data.differences.forEach((each, i) => {
    const words = inWords[i];
    if (!each || !words) return;
    const x = frame.axis.x(i);
    const claimed = isBeyondChance(each);
    if (widest + 4 <= frame.axis.step) {
      appendText(group, words.effect, x, panel.top + 12, {
        size: 11,
        weight: claimed ? 600 : 400,
        colour: claimed ? theme.ink : theme.soft,
        anchor: 'middle',
      });
      appendText(group, words.p, x, panel.top + 28, { size: 10, colour: theme.soft, anchor: 'middle' });
    } else if (each.effect !== null) {
      const width = Math.max(1.5, frame.axis.step * 0.5);
      group
        .append('rect')
        .attr('class', 'effect')
        .attr('x', round(x - width / 2))
        .attr('y', round(y(Math.abs(each.effect))))
        .attr('width', round(width))
        .attr('height', round(panel.bottom - y(Math.abs(each.effect))))
        .attr('fill', claimed ? theme.ink : theme.grey);
    }
  });
}

/** "0.03", "< .001" */
export function pInWords(p: number): string {
  if (p < 0.001) return '< .001';
  return fixedBeside(p, p < 0.0995 ? 3 : 2, [SIGNIFICANT]).replace(/^0/, '');
}

function differenceInWords(data: StudyDifferenceData): string {
  const told = data.layers.flatMap(({ name }, i) => {
    const each = data.differences[i];
    return each
      ? [`${name} ${formatEntropy(each.band.mean)}${isBeyondChance(each) ? say(' (beyond chance)') : ''}`]
      : [];
  });
  return say('{measure}, {first} minus {second}, over {pictures}: {told}.', {
    measure: formatMeasure(data.measure),
    first: data.first,
    second: data.second,
    pictures: picturesInWords(data.pictures),
    told: told.join(say(', ')) || say('not measured yet'),
  });
}
