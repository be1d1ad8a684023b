import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { NAMES_GAP, plotOnLayers, TITLE } from '../kit/below-chart';
import { appendCaption, appendColumn } from '../kit/chart-frame';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { appendNullBand } from '../kit/null-band';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, figureSvg, round, TABULAR } from '../kit/svg-nodes';

export interface RegionChartLayer {
  readonly name: string;
  /** Share of the map's mass inside the region, 0 .. 1; null where the map has none. */
  readonly share: number | null;
  /** The same of the region moved about; null where it cannot be moved. */
  readonly null: { readonly mean: number; readonly low: number; readonly high: number } | null;
}

export interface RegionChartData {
  readonly layers: readonly RegionChartLayer[];
  readonly selected: number | null;
  /** The first layer whose share is above chance; null for none. */
  readonly first: number | null;
  readonly layerNames?: boolean;
  readonly title?: string;
  readonly caption?: string;
}

const HEADER = 24;
const PLOT = 74;
const SMALL = 10;
const LABEL = 11;

const layoutOf = (data: RegionChartData, width: number) =>
  plotOnLayers(data, width, { header: HEADER, plot: PLOT });

/** Natural height in pixels of the chart at this width. */
export function regionChartHeight(width: number, data: RegionChartData): number {
  return layoutOf(data, width).height;
}

/** Draws the share of evidence inside a region by layer beside that of the region moved about; the first layer above chance is marked. */
export function regionChart(
  document: Document,
  data: RegionChartData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { axis, names, captionLines, top, bottom, captionTop } = layoutOf(data, size.width);
  const { layers, selected, first } = data;
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Share of evidence inside'),
    description: inWords(data),
  });
  const highest = Math.max(0.2, ...layers.flatMap((layer) => [layer.share ?? 0, layer.null?.high ?? 0]));
  const y = scaleLinear([0, highest], [bottom, top]).nice(3);
  const numbered = layers.map((layer, at) => ({ ...layer, at }));
  const column = { top: data.title ? TITLE : 0, bottom: names ? captionTop : size.height };
  appendColumn(root, data, axis, column, theme);
  const scale = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  for (const tick of y.ticks(3)) {
    appendLine(scale, [axis.left, y(tick)], [axis.right, y(tick)], theme.rule);
    const style = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
    appendText(scale, `${Math.round(tick * 100)} %`, axis.left - 8, y(tick) + 3.5, style);
  }
  type Point = (typeof numbered)[number];
  const band = area<Point>()
    .defined((point) => point.null !== null)
    .x((point) => round(axis.x(point.at)))
    .y0((point) => round(y(point.null?.low ?? 0)))
    .y1((point) => round(y(point.null?.high ?? 0)));
  const mean = line<Point>()
    .defined((point) => point.null !== null)
    .x((point) => round(axis.x(point.at)))
    .y((point) => round(y(point.null?.mean ?? 0)));
  appendNullBand(root, { band: band(numbered), middle: mean(numbered) }, theme);
  const share = line<Point>()
    .defined((point) => point.share !== null)
    .x((point) => round(axis.x(point.at)))
    .y((point) => round(y(point.share ?? 0)));
  root
    .append('path')
    .attr('class', 'share')
    .attr('d', share(numbered))
    .attr('fill', 'none')
    .attr('stroke', theme.blue)
    .attr('stroke-width', 1.75)
    .attr('stroke-linejoin', 'round');
  for (const { at, share: value, null: chance } of numbered) {
    if (value === null) continue;
    const above = chance !== null && value > chance.high;
    root
      .append('circle')
      .attr('class', above ? 'value above' : 'value')
      .attr('cx', round(axis.x(at)))
      .attr('cy', round(y(value)))
      .attr('r', axis.step < 12 ? 2 : 3.5)
      .attr('fill', above ? theme.blue : theme.paper)
      .attr('stroke', theme.blue)
      .attr('stroke-width', 1.25);
  }
  const labels = root.append('g').attr('class', 'labels');
  if (first !== null) {
    const x = axis.x(first);
    appendLine(labels, [x, top - 4], [x, bottom], theme.blue, '2 3').attr('class', 'first');
    const text = say('first above chance: {name}', { name: layers[first].name });
    const width = textWidth(text, SMALL);
    const at = Math.max(axis.left, Math.min(axis.right - width, x - width / 2));
    appendText(labels, text, at, top - 8, { size: SMALL, colour: theme.blue });
  } else if (layers.some((layer) => layer.null)) {
    appendText(labels, say('above chance at no layer'), axis.left, top - 8, {
      size: SMALL,
      colour: theme.faint,
    });
  }
  if (data.title) appendText(labels, data.title, LABEL_X, 15, { size: 13, weight: 600, colour: theme.ink });
  if (size.width >= NARROW_WIDTH) {
    appendText(labels, say('Inside'), LABEL_X, top + 17, { size: LABEL, weight: 600, colour: theme.ink });
    appendText(labels, say('region'), LABEL_X, top + 31, { size: LABEL, colour: theme.blue });
    appendText(labels, say('null'), LABEL_X, top + 45, { size: LABEL, colour: theme.faint });
  }
  appendLayerNames(labels, names, axis, bottom + NAMES_GAP, selected, theme);
  appendCaption(labels, captionLines, axis.left, captionTop, theme);
  return node;
}

/** The chart in words. */
function inWords({ layers, first }: RegionChartData): string {
  const known = layers.filter(({ share }) => share !== null);
  if (known.length === 0) return say('No layer holds positive evidence.');
  const percent = ({ name, share }: RegionChartLayer) =>
    say('{share} % at {name}', { share: ((share ?? 0) * 100).toFixed(0), name });
  const from =
    first === null
      ? say('above chance at no layer')
      : say('first above chance: {name}', { name: layers[first].name });
  return say('Share of evidence inside the region at {layers}: from {known} to {known2}; {from}.', {
    layers: counted(known.length, 'layer'),
    known: percent(known[0]),
    known2: percent(known[known.length - 1]),
    from,
  });
}
