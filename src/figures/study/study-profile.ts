import { scaleLinear } from 'd3-scale';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import type { FigureTheme } from '../kit/figure-theme';
import type { MeasureLabel } from '../kit/figure-types';
import { formatEntropy, formatMeasure } from '../kit/number-format';
import { figureSvg } from '../kit/svg-nodes';
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
import { drawSeries } from './study-lines';

/** A measure by layer over many pictures; null at a layer where no picture has it. */
export interface StudyProfileData extends StudyChartData {
  readonly measure: MeasureLabel;
  readonly points: readonly (StudyPoint | null)[];
  /** Of the shuffled maps; null for a number that has no null model. */
  readonly null: readonly (StudyPoint | null)[] | null;
  /** Pictures behind it. */
  readonly pictures: number;
}

const PLOT = 168;

const frameOf = (data: StudyProfileData, width: number): StudyFrame => studyFrame(data, width, [PLOT]);

/** Natural height in pixels at this width. */
export const studyProfileHeight = (data: StudyProfileData, width: number): number =>
  frameOf(data, width).height;

/** Draws the mean by layer with its bootstrap band, beside that of the null model. */
export function studyProfile(
  document: Document,
  data: StudyProfileData,
  width: number,
  theme: FigureTheme,
): SVGSVGElement {
  const frame = frameOf(data, width);
  const [panel] = frame.panels;
  const { node, root } = figureSvg(document, { width, height: frame.height }, theme, {
    title: data.title ?? say('{name} by layer', { name: data.measure.name }),
    description: profileInWords(data),
  });
  const y = scaleLinear(profileDomain([data]), [panel.bottom, panel.top]);
  drawTicks(root, frame, y, theme);
  drawResizes(root, data, frame, theme);
  drawHead(root, frame, panel, [
    { text: formatMeasure(data.measure), colour: theme.ink, strong: true },
    { text: say('mean of {pictures}', { pictures: picturesInWords(data.pictures) }), colour: theme.accent },
    ...(data.null ? [{ text: say('null'), colour: theme.faint }] : []),
  ]);
  const placed = { axis: frame.axis, y };
  if (data.null) drawSeries(root, data.null, 'null', placed, theme);
  drawSeries(root, data.points, 'measured', placed, theme);
  drawAround(root, data, frame, theme);
  return node;
}

export const picturesInWords = (count: number): string => counted(count, 'image');

/** One scale for several profiles, so that they compare. */
export function profileDomain(
  profiles: readonly Pick<StudyProfileData, 'measure' | 'points' | 'null'>[],
): [number, number] {
  const values = profiles.flatMap(({ points, null: nulls }) =>
    [...points, ...(nulls ?? [])].filter(isThere).flatMap(({ low, mean, high }) => [low, mean, high]),
  );
  return domainOf(values, { ratio: profiles[0]?.measure.unit === 'ratio' });
}

function profileInWords({ measure, layers, points, pictures }: StudyProfileData): string {
  const known = layers.flatMap(({ name }, i) => {
    const point = points[i];
    return isThere(point) ? [{ name, mean: formatEntropy(point.mean) }] : [];
  });
  if (known.length === 0)
    return say('{measure} of {layers}, not measured yet.', {
      measure: formatMeasure(measure),
      layers: counted(layers.length, 'layer'),
    });
  const [first, last] = [known[0], known[known.length - 1]];
  return say('{measure}, mean of {pictures}: from {mean} at {name} to {mean2} at {name2}, {layers}.', {
    measure: formatMeasure(measure),
    pictures: picturesInWords(pictures),
    mean: first.mean,
    name: first.name,
    mean2: last.mean,
    name2: last.name,
    layers: counted(layers.length, 'layer'),
  });
}
