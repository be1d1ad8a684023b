import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneY } from 'd3-shape';
import { say } from '../../text/say';
import type { FigureTheme } from '../kit/figure-theme';
import { appendLine, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';
import {
  domainOf,
  drawAround,
  drawHead,
  drawResizes,
  drawTicks,
  type StudyChartData,
  type StudyFrame,
  studyFrame,
} from './study-frame';
import { picturesInWords } from './study-profile';

/** How one number is spread over the pictures at a layer. */
export interface StudySpread {
  readonly count: number;
  /** Quantiles at 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly [number, number, number, number, number];
  readonly least: number;
  readonly most: number;
  /** Density at ascending values; null where the pictures do not differ. */
  readonly density: { readonly at: readonly number[]; readonly values: readonly number[] } | null;
}

export interface StudyDistributionData extends StudyChartData {
  /** What is spread, with its unit. */
  readonly name: string;
  readonly spreads: readonly (StudySpread | null)[];
  readonly pictures: number;
}

const PLOT = 190;

const frameOf = (data: StudyDistributionData, width: number): StudyFrame => studyFrame(data, width, [PLOT]);

/** Natural height in pixels at this width. */
export const studyDistributionHeight = (data: StudyDistributionData, width: number): number =>
  frameOf(data, width).height;

/** Draws a violin a layer: the density of the pictures' values, their median and quartiles, and where 90 % of them lie. */
export function studyDistribution(
  document: Document,
  data: StudyDistributionData,
  width: number,
  theme: FigureTheme,
): SVGSVGElement {
  const frame = frameOf(data, width);
  const [panel] = frame.panels;
  const { node, root } = figureSvg(document, { width, height: frame.height }, theme, {
    title: data.title ?? say('Distribution of {name}', { name: data.name }),
    description: distributionInWords(data),
  });
  const values = data.spreads.flatMap((spread) => (spread ? [spread.least, spread.most] : []));
  const y = scaleLinear(domainOf(values), [panel.bottom, panel.top]);
  drawTicks(root, frame, y, theme);
  drawResizes(root, data, frame, theme);
  drawHead(root, frame, panel, [
    { text: data.name, colour: theme.ink, strong: true },
    {
      text: say('{pictures}: density, quartiles, 90 %', { pictures: picturesInWords(data.pictures) }),
      colour: theme.accent,
    },
  ]);
  data.spreads.forEach((spread, i) => {
    if (spread) drawSpread(root, spread, frame.axis.x(i), frame.axis.step, y, theme);
  });
  drawAround(root, data, frame, theme);
  return node;
}

function drawSpread(
  root: SvgGroup,
  { density, quantiles }: StudySpread,
  x: number,
  step: number,
  y: (value: number) => number,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'spread');
  const half = Math.min(44, step * 0.42);
  if (density) {
    const highest = Math.max(...density.values);
    const violin = area<number>()
      .x0((_, k) => round(x - (half * density.values[k]) / highest))
      .x1((_, k) => round(x + (half * density.values[k]) / highest))
      .y((value) => round(y(value)))
      .curve(curveMonotoneY);
    group
      .append('path')
      .attr('class', 'density')
      .attr('d', violin([...density.at]))
      .attr('fill', theme.accent)
      .attr('fill-opacity', 0.2)
      .attr('stroke', theme.accent)
      .attr('stroke-opacity', 0.5)
      .attr('stroke-width', 0.75);
  }
  const [low, first, median, third, high] = quantiles.map(y);
  const box = Math.min(8, Math.max(2, step * 0.12));
  appendLine(group, [x, low], [x, high], theme.accent);
  group
    .append('rect')
    .attr('class', 'quartiles')
    .attr('x', round(x - box / 2))
    .attr('y', round(third))
    .attr('width', round(box))
    .attr('height', round(Math.max(1, first - third)))
    .attr('fill', theme.accent);
  group
    .append('circle')
    .attr('class', 'median')
    .attr('cx', round(x))
    .attr('cy', round(median))
    .attr('r', Math.min(3, Math.max(1.5, step * 0.06)))
    .attr('fill', theme.paper)
    .attr('stroke', theme.accent);
}

function distributionInWords({ name, layers, spreads, pictures }: StudyDistributionData): string {
  const told = layers.flatMap((layer, i) => {
    const spread = spreads[i];
    return spread ? [`${layer.name} ${spread.quantiles[2].toPrecision(3)}`] : [];
  });
  return say('{name} of {pictures}. Medians: {told}.', {
    name,
    pictures: picturesInWords(pictures),
    told: told.join(say(', ')) || say('not measured yet'),
  });
}
