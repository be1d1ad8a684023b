import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { entropyDomainOf } from '../entropy/entropy-domain';
import { NAMES_GAP, plotOnLayers, TITLE } from '../kit/below-chart';
import { appendCaption, appendColumn } from '../kit/chart-frame';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { formatEntropy, formatMeasure } from '../kit/number-format';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { sideColours, type VersusData, type VersusMap } from './versus-data';

/** Two lines that say what the curves are. */
const LEGEND = 36;
const PLOT = 104;
const SMALL = 10;
/** Least height between two numbers of the scale. */
const TICK = 22;
const LABEL = 11;

type Side = 'a' | 'b';
const sides: readonly Side[] = ['a', 'b'];

const layoutOf = (data: VersusData, width: number) =>
  plotOnLayers(data, width, { header: LEGEND, plot: PLOT });

/** Natural height in pixels of the curves at this width. */
export function versusCurvesHeight(width: number, data: VersusData): number {
  return layoutOf(data, width).height;
}

function domainOf({ layers, measure }: VersusData): [number, number] {
  const values = layers.flatMap((layer) =>
    sides.flatMap((side) => {
      const { entropy, null: chance } = layer[side];
      const spread = chance ? [chance.mean - 2 * chance.sd, chance.mean + 2 * chance.sd] : [];
      return entropy === null ? spread : [entropy, ...spread];
    }),
  );
  return entropyDomainOf(values, measure.unit);
}

/** Draws the entropy of both sides by layer, each beside its null model: the first with discs, the second with squares. */
export function versusCurves(
  document: Document,
  data: VersusData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { axis, names, captionLines, top, bottom, captionTop } = layoutOf(data, size.width);
  const { layers, selected } = data;
  const colours = sideColours(theme);
  const { node, root } = figureSvg(document, size, theme, {
    title: say('A against B: entropy by layer'),
    description: inWords(data),
  });
  const y = scaleLinear(domainOf(data), [bottom, top]);
  const column = { top: data.title ? TITLE : 0, bottom: names ? captionTop : size.height };
  appendColumn(root, data, axis, column, theme);
  const scale = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  for (const tick of ticksApart(y)) {
    appendLine(scale, [axis.left, y(tick)], [axis.right, y(tick)], theme.rule);
    const style = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
    appendText(scale, formatEntropy(tick), axis.left - 8, y(tick) + 3.5, style);
  }
  for (const side of sides) {
    const maps = layers.map((layer) => layer[side]);
    drawNull(root, maps, { x: axis.x, y }, colours[side], side);
  }
  for (const side of sides) {
    const maps = layers.map((layer) => layer[side]);
    drawCurve(root, maps, { x: axis.x, y, step: axis.step }, colours[side], theme, side);
  }
  const labels = root.append('g').attr('class', 'labels');
  if (data.title) appendText(labels, data.title, LABEL_X, 15, { size: 13, weight: 600, colour: theme.ink });
  const head = data.title ? TITLE : 0;
  sides.forEach((side, i) => {
    const baseline = head + 12 + i * 15;
    const letter = side.toUpperCase();
    appendMark(labels, side, axis.left + 4, baseline - 4, 3.5, colours[side], theme);
    appendText(labels, letter, axis.left + 13, baseline, { size: LABEL, weight: 600, colour: colours[side] });
    const room = axis.right - axis.left - 28;
    const values = valueText(layers[selected ?? -1]?.[side] ?? null);
    const text = shortenText(data[side].title, room - textWidth(values, LABEL, 600), LABEL);
    appendText(labels, text, axis.left + 26, baseline, { size: LABEL, colour: theme.soft });
    const style = { size: LABEL, weight: 600, colour: colours[side], anchor: 'end' } as const;
    if (values) appendText(labels, values, axis.right, baseline, style);
  });
  if (size.width >= NARROW_WIDTH) {
    const style = { size: LABEL, weight: 600, colour: theme.ink } as const;
    appendText(labels, say('Entropy'), LABEL_X, head + 12, style);
    appendText(labels, say('null'), LABEL_X, head + 27, { size: LABEL, colour: theme.faint });
  } else if (selected === null) {
    // Where the values of the selected layer stand otherwise.
    const style = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
    appendText(labels, formatMeasure(data.measure), axis.right, head + 12, style);
  }
  appendLayerNames(labels, names, axis, bottom + NAMES_GAP, selected, theme);
  appendCaption(labels, captionLines, axis.left, captionTop, theme);
  return node;
}

/** Ticks with room for their numbers. */
function ticksApart(y: ScaleLinear<number, number>): number[] {
  const [bottom, top] = y.range();
  const room = Math.max(1, Math.floor((bottom - top) / TICK));
  const few = [4, 3, 2].map((count) => y.ticks(count)).find((ticks) => ticks.length - 1 <= room);
  return few ?? y.ticks(1);
}

const valueText = (map: VersusMap | null) => (map?.entropy == null ? '' : formatEntropy(map.entropy));

interface Scales {
  x(i: number): number;
  y(value: number): number;
}

/** The null model of one side, in its colour: two deviations as a band, their middle dashed. */
function drawNull(
  root: SvgGroup,
  maps: readonly VersusMap[],
  { x, y }: Scales,
  colour: string,
  side: Side,
): void {
  const points = maps.map(({ null: chance }, at) => ({ at, chance }));
  type Point = (typeof points)[number];
  const band = area<Point>()
    .defined(({ chance }) => chance !== null)
    .x(({ at }) => round(x(at)))
    .y0(({ chance }) => round(y((chance?.mean ?? 0) - 2 * (chance?.sd ?? 0))))
    .y1(({ chance }) => round(y((chance?.mean ?? 0) + 2 * (chance?.sd ?? 0))));
  const middle = line<Point>()
    .defined(({ chance }) => chance !== null)
    .x(({ at }) => round(x(at)))
    .y(({ chance }) => round(y(chance?.mean ?? 0)));
  const group = root.append('g').attr('class', `null ${side}`);
  group
    .append('path')
    .attr('class', 'null-band')
    .attr('d', band(points))
    .attr('fill', colour)
    .attr('fill-opacity', 0.14);
  group
    .append('path')
    .attr('class', 'null-mean')
    .attr('d', middle(points))
    .attr('fill', 'none')
    .attr('stroke', colour)
    .attr('stroke-opacity', 0.7)
    .attr('stroke-width', 1)
    .attr('stroke-dasharray', side === 'a' ? '4 3' : '1.5 2.5');
}

function drawCurve(
  root: SvgGroup,
  maps: readonly VersusMap[],
  { x, y, step }: Scales & { step: number },
  colour: string,
  theme: FigureTheme,
  side: Side,
): void {
  const group = root.append('g').attr('class', `values ${side}`);
  const path = line<VersusMap>()
    .defined(({ entropy }) => entropy !== null)
    .x((_, i) => round(x(i)))
    .y(({ entropy }) => round(y(entropy ?? 0)));
  group
    .append('path')
    .attr('class', 'value-line')
    .attr('d', path([...maps]))
    .attr('fill', 'none')
    .attr('stroke', colour)
    .attr('stroke-width', 1.75)
    .attr('stroke-linejoin', 'round');
  maps.forEach(({ entropy }, i) => {
    if (entropy !== null) appendMark(group, side, x(i), y(entropy), step < 12 ? 1.75 : 3, colour, theme);
  });
}

/** A disc for the first, a square for the second: told apart without colours. */
function appendMark(
  group: SvgGroup,
  side: Side,
  x: number,
  y: number,
  radius: number,
  colour: string,
  theme: FigureTheme,
): void {
  const shape: Record<string, number> =
    side === 'a'
      ? { cx: x, cy: y, r: radius }
      : { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  const mark = group.append(side === 'a' ? 'circle' : 'rect').attr('class', 'value');
  for (const [name, value] of Object.entries(shape)) mark.attr(name, round(value));
  mark.attr('fill', colour).attr('stroke', theme.paper).attr('stroke-width', 1);
}

/** The curves in words. */
function inWords(data: VersusData): string {
  const known = data.layers.filter(({ a, b }) => a.entropy !== null && b.entropy !== null);
  const measure = formatMeasure(data.measure);
  if (known.length === 0)
    return say('{measure} of {layers}, not computed yet.', {
      measure,
      layers: counted(data.layers.length, 'layer'),
    });
  const at = ({ name, a, b }: VersusData['layers'][number]) =>
    say('at {name} {entropy} in A and {entropy2} in B', {
      name,
      entropy: formatEntropy(a.entropy ?? 0),
      entropy2: formatEntropy(b.entropy ?? 0),
    });
  return say('{measure} of A and B at {layers}: {known}, {known2}.', {
    measure,
    layers: counted(data.layers.length, 'layer'),
    known: at(known[0]),
    known2: at(known[known.length - 1]),
  });
}
