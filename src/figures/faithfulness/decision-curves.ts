import { extent, mean } from 'd3-array';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { say } from '../../text/say';
import { numberInWords } from '../../text/value-in-words';
import { captionHeight, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, FigureSize } from '../kit/figure-types';
import { appendNullBand } from '../kit/null-band';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';

/** What is explained along one way of changing the picture; all series have one length. */
export interface DecisionCurve {
  /** By the map: shares 0 .. 1 of the pixels, in equal steps. */
  readonly values: readonly number[];
  readonly area: number;
  /** By the same map with its pixels shuffled. */
  readonly shuffled: readonly { readonly values: readonly number[]; readonly area: number }[];
}

export interface DecisionCurvesData {
  /** Layer whose map orders the pixels. */
  readonly layer: string;
  /** Class whose probability is drawn, or the number that is. */
  readonly label: string;
  readonly of: 'probability' | 'number';
  readonly deletion: DecisionCurve;
  readonly insertion: DecisionCurve;
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
const GUTTER = 40;
/** Title and areas above a plot, ticks and axis name below it. */
const HEAD = 44;
const FOOT = 36;
const PLOT = 168;
const GAP = 28;
/** Narrower figures put one plot under the other. */
const STACKED = 560;

interface Panel {
  readonly title: string;
  readonly better: string;
  readonly along: string;
  readonly curve: DecisionCurve;
}

const panelsOf = ({ deletion, insertion }: DecisionCurvesData): Panel[] => [
  {
    title: say('Deletion'),
    better: say('lower is better'),
    along: say('pixels blurred, most salient first'),
    curve: deletion,
  },
  {
    title: say('Insertion'),
    better: say('higher is better'),
    along: say('pixels brought back, most salient first'),
    curve: insertion,
  },
];

/** Natural height in pixels of the figure at this width, caption included. */
export function decisionCurvesHeight(width: number, data: DecisionCurvesData): number {
  const rows = width < STACKED ? 2 : 1;
  const caption = captionHeight(data.caption, width - 2);
  return rows * (HEAD + PLOT + FOOT) + (rows - 1) * GAP + caption;
}

/** Draws both curves beside those of shuffled maps, each with the area below it. */
export function decisionCurves(
  document: Document,
  data: DecisionCurvesData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Deletion and insertion'),
    description: inWords(data),
  });
  const stacked = size.width < STACKED;
  const width = stacked ? size.width : (size.width - GAP) / 2;
  panelsOf(data).forEach((panel, i) => {
    const x = stacked ? 0 : i * (width + GAP);
    const y = stacked ? i * (HEAD + PLOT + FOOT + GAP) : 0;
    const plot = { x: x + GUTTER, y: y + HEAD, width: width - GUTTER - 8, height: PLOT };
    drawPanel(root, { panel, domain: data.of === 'number' ? domainOf(data) : null, plot }, theme);
  });
  if (data.caption) {
    const top = decisionCurvesHeight(size.width, { ...data, caption: undefined });
    appendCaption(root, linesOfCaption(data.caption, size.width - 2), 0, top, theme);
  }
  return node;
}

/** The least and the greatest number of all curves; round ones, so that the scale reads well. */
function domainOf({ deletion, insertion }: DecisionCurvesData): [number, number] {
  const all = [deletion, insertion].flatMap(({ values, shuffled }) => [
    ...values,
    ...shuffled.flatMap((each) => [...each.values]),
  ]);
  const [least = 0, most = 0] = extent(all);
  const ends = least === most ? [least - 1, most + 1] : [least, most];
  const [from, to] = scaleLinear(ends, [0, 1]).nice(4).domain();
  return [from, to];
}

function drawPanel(
  root: SvgGroup,
  { panel, domain, plot }: { panel: Panel; domain: [number, number] | null; plot: Box },
  theme: FigureTheme,
): void {
  const { title, better, along, curve } = panel;
  const group = root.append('g').attr('class', title.toLowerCase());
  const y = scaleLinear(domain ?? [0, 1], [plot.y + plot.height, plot.y]);
  const x = scaleLinear([0, 1], [plot.x, plot.x + plot.width]);
  appendText(group, title, plot.x, plot.y - 28, { size: 12, weight: 600, colour: theme.ink });
  appendText(group, better, plot.x + textWidth(title, 12, 600) + 8, plot.y - 28, {
    size: LABEL,
    colour: theme.faint,
  });
  drawAreas(group, { curve, written: areaWriter(domain ? 'number' : 'probability') }, plot, theme);
  drawScales(group, along, plot, { x, y, isNumber: domain !== null }, theme);
  const at = (_: unknown, i: number) => round(x(i / (curve.values.length - 1)));
  const steps = curve.values.map((_, i) => curve.shuffled.map(({ values }) => values[i]));
  if (curve.shuffled.length > 0) {
    const band = area<number[]>()
      .x(at)
      .y0((values) => round(y(extent(values)[0] ?? 0)))
      .y1((values) => round(y(extent(values)[1] ?? 0)));
    const middle = line<number[]>()
      .x(at)
      .y((values) => round(y(mean(values) ?? 0)));
    appendNullBand(group, { band: band(steps), middle: middle(steps) }, theme);
  }
  const values = line<number>()
    .x(at)
    .y((value) => round(y(value)));
  group
    .append('path')
    .attr('class', 'values')
    .attr('d', values(curve.values))
    .attr('fill', 'none')
    .attr('stroke', theme.accent)
    .attr('stroke-width', 2)
    .attr('stroke-linejoin', 'round');
}

/** A mean probability to two decimals; a mean number, of whatever size, to three digits. */
const areaWriter =
  (of: DecisionCurvesData['of']) =>
  (area: number): string =>
    of === 'number' ? numberInWords(area, 3) : area.toFixed(2);

/** "area 0.31, shuffled 0.52" in the colours of the curves. */
function drawAreas(
  group: SvgGroup,
  { curve, written }: { curve: DecisionCurve; written(area: number): string },
  plot: Box,
  theme: FigureTheme,
): void {
  const areas = group.append('g').attr('class', 'areas').attr('style', TABULAR);
  const own = say('area {area}', { area: written(curve.area) });
  appendText(areas, own, plot.x, plot.y - 12, { size: LABEL, colour: theme.accent, weight: 600 });
  if (curve.shuffled.length === 0) return;
  const shuffled = mean(curve.shuffled, (pair) => pair.area) ?? 0;
  const x = plot.x + textWidth(own, LABEL, 600) + 10;
  appendText(areas, say('shuffled map {shuffled}', { shuffled: written(shuffled) }), x, plot.y - 12, {
    size: LABEL,
    colour: theme.faint,
  });
}

function drawScales(
  group: SvgGroup,
  along: string,
  plot: Box,
  { x, y, isNumber }: { x: ScaleLinear<number, number>; y: ScaleLinear<number, number>; isNumber: boolean },
  theme: FigureTheme,
): void {
  const scale = group.append('g').attr('class', 'scale').attr('style', TABULAR);
  const style = { size: SMALL, colour: theme.faint } as const;
  const write = y.tickFormat(3);
  for (const tick of isNumber ? y.ticks(3) : [0, 0.5, 1]) {
    const text = isNumber ? write(tick) : `${tick * 100} %`;
    appendLine(scale, [plot.x, y(tick)], [plot.x + plot.width, y(tick)], theme.rule);
    appendText(scale, text, plot.x - 6, y(tick) + 3.5, { ...style, anchor: 'end' });
  }
  for (const tick of [0, 0.5, 1]) {
    const anchor = tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle';
    appendText(scale, `${tick * 100} %`, x(tick), plot.y + plot.height + 14, { ...style, anchor });
  }
  appendText(scale, along, plot.x, plot.y + plot.height + 29, { size: SMALL, colour: theme.soft });
}

/** The areas, read aloud. */
function inWords(data: DecisionCurvesData): string {
  const parts = panelsOf(data).map(({ title, better, curve }) => {
    const shuffled = mean(curve.shuffled, (pair) => pair.area);
    const written = areaWriter(data.of);
    const beside =
      shuffled === undefined ? '' : say(', {shuffled} for shuffled maps', { shuffled: written(shuffled) });
    return say('{title}, {better}: area {area}{beside}.', {
      title,
      better,
      area: written(curve.area),
      beside,
    });
  });
  return say('{part} of {label} as pixels are taken by the map of {layer}. {parts}', {
    part: data.of === 'number' ? say('Value') : say('Probability'),
    label: data.label,
    layer: data.layer,
    parts: parts.join(' '),
  });
}
