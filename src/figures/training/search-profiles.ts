import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { say } from '../../text/say';
import { captionHeight, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { widthWithSpace } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize, MeasureLabel } from '../kit/figure-types';
import { axisMargins, type LayerAxis, layerAxis } from '../kit/layer-axis';
import { planNames } from '../kit/layer-names';
import { formatEntropy, formatMeasure } from '../kit/number-format';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';

/** Mean entropy of a layer's maps, and of the same maps shuffled. */
export interface ProfileValue {
  readonly entropy: number;
  readonly null: number;
}

export interface ProfileLayer {
  readonly name: string;
  /** Null where the network has no such layer. */
  readonly before: ProfileValue | null;
  readonly after: ProfileValue | null;
}

export interface SearchProfilesData {
  readonly measure: MeasureLabel;
  /** Of both networks, in the order of their depth. */
  readonly layers: readonly ProfileLayer[];
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
const HEAD = 42;
const PLOT = 176;

/** Natural height in pixels of the figure at this width, caption included. */
export function searchProfilesHeight(width: number, data: SearchProfilesData): number {
  const axis = layerAxis(width, data.layers.length);
  const names = planNames(
    data.layers.map(({ name }) => name),
    axis.step,
  );
  return HEAD + PLOT + 10 + names.height + 8 + captionHeight(data.caption, width - 2);
}

/** Draws the entropy of all layers before and after a search, on the layer axis; layers that were taken out are hatched. */
export function searchProfiles(
  document: Document,
  data: SearchProfilesData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Entropy before and after'),
    description: inWords(data),
  });
  const axis = layerAxis(size.width, data.layers.length, axisMargins(size.width));
  const foot = HEAD + PLOT;
  appendText(root, formatMeasure(data.measure), 2, 14, { size: 12, weight: 600, colour: theme.ink });
  drawMissing(root, data, axis, theme);
  drawLines(root, data, axis, theme);
  drawLegend(root, axis, theme);
  const names = planNames(
    data.layers.map(({ name }) => name),
    axis.step,
  );
  appendLayerNames(root, names, axis, foot + 8, null, theme);
  if (data.caption) {
    appendCaption(root, linesOfCaption(data.caption, size.width - 2), 0, foot + 18 + names.height, theme);
  }
  return node;
}

/** A column for a layer that only one of both networks has. */
function drawMissing(root: SvgGroup, data: SearchProfilesData, axis: LayerAxis, theme: FigureTheme): void {
  data.layers.forEach((layer, i) => {
    if (layer.before !== null && layer.after !== null) return;
    const removed = layer.after === null;
    const group = root.append('g').attr('class', removed ? 'removed' : 'added');
    const left = axis.left + i * axis.step;
    group
      .append('rect')
      .attr('x', round(left + 1))
      .attr('y', HEAD)
      .attr('width', round(axis.step - 2))
      .attr('height', PLOT)
      .attr('fill', removed ? theme.nullBand : theme.accentSoft);
    const text = say(removed ? 'out' : 'new');
    appendText(group, text, axis.x(i), HEAD + 12, {
      size: SMALL,
      weight: 600,
      colour: removed ? theme.soft : theme.accent,
      anchor: 'middle',
    });
  });
}

function drawLines(root: SvgGroup, data: SearchProfilesData, axis: LayerAxis, theme: FigureTheme): void {
  const values = data.layers.flatMap(({ before, after }) =>
    [before, after].flatMap((value) => (value ? [value.entropy, value.null] : [])),
  );
  const [low = 0, high = 1] = extent(values.filter(Number.isFinite));
  const y = scaleLinear([Math.min(0, low), high || 1], [HEAD + PLOT, HEAD]).nice(4);
  const scale = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  for (const tick of y.ticks(5)) {
    appendLine(scale, [axis.left, y(tick)], [axis.right, y(tick)], theme.rule);
    appendText(scale, y.tickFormat(5)(tick), axis.left - 8, y(tick) + 3.5, {
      size: SMALL,
      colour: theme.faint,
      anchor: 'end',
    });
  }
  for (const side of ['before', 'after'] as const) {
    const colour = side === 'before' ? theme.blue : theme.accent;
    const group = root.append('g').attr('class', side);
    // The line goes on over a layer that is not there.
    const present = data.layers.flatMap((layer, i) => {
      const value = layer[side];
      return value && Number.isFinite(value.entropy) ? [{ i, value }] : [];
    });
    const path = (key: 'entropy' | 'null') =>
      line<(typeof present)[number]>()
        .x(({ i }) => round(axis.x(i)))
        .y(({ value }) => round(y(value[key])))(present);
    group
      .append('path')
      .attr('class', 'null-mean')
      .attr('d', path('null'))
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-opacity', 0.55)
      .attr('stroke-dasharray', '3 3')
      .attr('stroke-width', 1.25);
    group
      .append('path')
      .attr('class', 'values')
      .attr('d', path('entropy'))
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', 2)
      .attr('stroke-linejoin', 'round');
    for (const { i, value } of present) {
      group
        .append('circle')
        .attr('cx', round(axis.x(i)))
        .attr('cy', round(y(value.entropy)))
        .attr('r', 3)
        .attr('fill', colour)
        .attr('stroke', theme.paper)
        .attr('stroke-width', 1);
    }
  }
}

function drawLegend(root: SvgGroup, axis: LayerAxis, theme: FigureTheme): void {
  let x = axis.left;
  const write = (text: string, colour: string) => {
    appendText(root, text, x, HEAD - 10, { size: LABEL, weight: 600, colour });
    x += widthWithSpace(text, LABEL, { weight: 600, least: 14 });
  };
  write(say('before'), theme.blue);
  write(say('after'), theme.accent);
  write(say('dashed: null'), theme.faint);
}

/** Both profiles, read aloud. */
function inWords({ layers, measure }: SearchProfilesData): string {
  const value = (of: ProfileValue | null) =>
    of
      ? say('{entropy} (null {null})', { entropy: formatEntropy(of.entropy), null: formatEntropy(of.null) })
      : say('not there');
  return say('{name} before and after. {layers}.', {
    name: measure.name,
    layers: layers
      .map(({ name, before, after }) =>
        say('{name}: {before}, then {after}', { name, before: value(before), after: value(after) }),
      )
      .join('; '),
  });
}
