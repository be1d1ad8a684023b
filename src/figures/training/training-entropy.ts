import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { say } from '../../text/say';
import { heightOfLines, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { widthWithSpace } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, FigureSize, MeasureLabel } from '../kit/figure-types';
import { layerAxis } from '../kit/layer-axis';
import { planNames } from '../kit/layer-names';
import { formatEntropy, formatMeasure } from '../kit/number-format';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { shortenAmong } from '../kit/tellable';

/** The entropies of all layers at one time of a training. */
export interface EntropyAtEpoch {
  /** Epochs done; 0 before the first. */
  readonly epoch: number;
  /** By layer; null where the layer had no evidence. */
  readonly layers: readonly { readonly entropy: number; readonly null: number }[];
}

export interface TrainingEntropyData {
  readonly measure: MeasureLabel;
  readonly layers: readonly string[];
  /** In the order of time; each as long as `layers`. */
  readonly epochs: readonly EntropyAtEpoch[];
  readonly caption?: string;
}

const SMALL = 10;
const LABEL = 11;
const HEAD = 40;
const LINES = 190;
const ROW = 22;
const LEAST_STRIP = 132;
const FOOT = 30;
const GUTTER = 84;
const NARROW_GUTTER = 62;
const GAP = 36;
/** Below this width one panel stands under the other. */
const STACKED = 720;

interface Panels {
  readonly profile: Box;
  readonly strip: Box;
  readonly gutter: number;
  readonly namesHeight: number;
  readonly height: number;
}

function panelsOf(width: number, data: TrainingEntropyData): Panels {
  const stacked = width < STACKED;
  const gutter = stacked ? NARROW_GUTTER : GUTTER;
  const stripHeight = Math.max(LEAST_STRIP, data.layers.length * ROW);
  const left = stacked ? width : Math.floor((width - GAP) * 0.54);
  const profile = {
    x: 46,
    y: HEAD,
    width: left - 46 - 8,
    height: stacked ? LINES : Math.max(LINES, stripHeight) - 4,
  };
  const names = planNames(data.layers, profile.width / Math.max(1, data.layers.length));
  const profileEnd = profile.y + profile.height + names.height + 14;
  const strip = stacked
    ? { x: gutter, y: profileEnd + HEAD, width: width - gutter - 46, height: stripHeight }
    : { x: left + GAP + gutter, y: HEAD, width: width - left - GAP - gutter - 46, height: stripHeight };
  const end = Math.max(profileEnd, strip.y + strip.height + FOOT);
  return { profile, strip, gutter, namesHeight: names.height, height: end };
}

const captionLines = (width: number, caption?: string) => linesOfCaption(caption, width - 2);

/** Natural height in pixels of the figure at this width, caption included. */
export function trainingEntropyHeight(width: number, data: TrainingEntropyData): number {
  const lines = captionLines(width, data.caption).length;
  return panelsOf(width, data).height + heightOfLines(lines);
}

/**
 * Draws how the entropy of the layers' saliency maps changes as a network is trained: the profile through the layers, faint
 * at first and dark in the end, and every layer's distance from its null over the epochs.
 */
export function trainingEntropy(
  document: Document,
  data: TrainingEntropyData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Entropy by layer while training'),
    description: inWords(data),
  });
  const panels = panelsOf(size.width, data);
  drawProfiles(root, data, panels, theme);
  drawStrip(root, data, panels, theme);
  appendCaption(root, captionLines(size.width, data.caption), 0, panels.height, theme);
  return node;
}

function drawProfiles(root: SvgGroup, data: TrainingEntropyData, panels: Panels, theme: FigureTheme): void {
  const { profile } = panels;
  const group = root.append('g').attr('class', 'profiles').attr('style', TABULAR);
  appendText(group, formatMeasure(data.measure), 2, 14, { size: 12, weight: 600, colour: theme.ink });
  const axis = layerAxis(profile.x + profile.width, data.layers.length, { left: profile.x, right: 0 });
  const values = data.epochs.flatMap(({ layers }) => layers.flatMap((layer) => [layer.entropy, layer.null]));
  const [low = 0, high = 1] = extent(values.filter(Number.isFinite));
  const y = scaleLinear([Math.min(0, low), high || 1], [profile.y + profile.height, profile.y]).nice(4);
  for (const tick of y.ticks(5)) {
    appendLine(group, [profile.x, y(tick)], [profile.x + profile.width, y(tick)], theme.rule);
    appendText(group, y.tickFormat(5)(tick), profile.x - 7, y(tick) + 3.5, {
      size: SMALL,
      colour: theme.faint,
      anchor: 'end',
    });
  }
  const names = planNames(data.layers, axis.step);
  appendLayerNames(group, names, axis, profile.y + profile.height + 6, null, theme);
  const path = (key: 'entropy' | 'null') =>
    line<EntropyAtEpoch['layers'][number]>()
      .defined((layer) => Number.isFinite(layer[key]))
      .x((_, i) => round(axis.x(i)))
      .y((layer) => round(y(layer[key])));
  const last = data.epochs.length - 1;
  data.epochs.forEach(({ layers }, i) => {
    const age = last === 0 ? 1 : i / last;
    if (i === last) {
      group
        .append('path')
        .attr('class', 'null-mean')
        .attr('d', path('null')([...layers]))
        .attr('fill', 'none')
        .attr('stroke', theme.nullLine)
        .attr('stroke-width', 1.25)
        .attr('stroke-dasharray', '3 3');
    }
    group
      .append('path')
      .attr('class', 'values')
      .attr('d', path('entropy')([...layers]))
      .attr('fill', 'none')
      .attr('stroke', i === last ? theme.accent : theme.blue)
      .attr('stroke-opacity', i === last ? 1 : 0.16 + 0.6 * age)
      .attr('stroke-width', i === last ? 2 : 1.25)
      .attr('stroke-linejoin', 'round');
  });
  const newest = data.epochs.at(-1);
  newest?.layers.forEach((layer, i) => {
    if (!Number.isFinite(layer.entropy)) return;
    group
      .append('circle')
      .attr('class', 'value')
      .attr('cx', round(axis.x(i)))
      .attr('cy', round(y(layer.entropy)))
      .attr('r', 3)
      .attr('fill', theme.accent)
      .attr('stroke', theme.paper)
      .attr('stroke-width', 1);
  });
  drawLegend(group, data, profile, theme);
}

function drawLegend(group: SvgGroup, data: TrainingEntropyData, plot: Box, theme: FigureTheme): void {
  const [first, last] = [data.epochs[0], data.epochs.at(-1)];
  if (!first || !last) return;
  let x = plot.x;
  const baseline = plot.y - 10;
  const write = (text: string, colour: string) => {
    appendText(group, text, x, baseline, { size: LABEL, weight: 600, colour });
    x += widthWithSpace(text, LABEL, { weight: 600, least: 12 });
  };
  if (first !== last) write(say('from epoch {epoch}', { epoch: first.epoch }), theme.blue);
  write(say('epoch {epoch}', { epoch: last.epoch }), theme.accent);
  write(say('its null'), theme.faint);
}

/** A cell for every layer and epoch, as dark as the map lies below its null. */
function drawStrip(root: SvgGroup, data: TrainingEntropyData, panels: Panels, theme: FigureTheme): void {
  const { strip, gutter } = panels;
  const group = root.append('g').attr('class', 'strip').attr('style', TABULAR);
  const title = say('Structure: share below the null');
  appendText(group, title, strip.x - gutter + 2, strip.y - 26, { size: 12, weight: 600, colour: theme.ink });
  const row = strip.height / Math.max(1, data.layers.length);
  const column = strip.width / Math.max(1, data.epochs.length);
  const names = shortenAmong(data.layers, gutter - 10, SMALL);
  data.layers.forEach((_, i) => {
    const baseline = strip.y + (i + 0.5) * row + 3.5;
    appendText(group, names[i], strip.x - 7, baseline, {
      size: SMALL,
      colour: theme.soft,
      anchor: 'end',
    });
  });
  data.epochs.forEach(({ epoch, layers }, e) => {
    layers.forEach((layer, i) => {
      const share = structureOf(layer);
      if (share === null) return;
      const cell = group
        .append('rect')
        .attr('class', share < 0 ? 'cell above' : 'cell below')
        .attr('x', round(strip.x + e * column))
        .attr('y', round(strip.y + i * row))
        .attr('width', round(Math.max(0.5, column - (column > 6 ? 1 : 0))))
        .attr('height', round(row - 1))
        .attr('fill', share < 0 ? theme.blue : theme.accent)
        .attr('fill-opacity', round(Math.min(1, 0.04 + 0.96 * Math.abs(share))));
      cell.append('title').text(
        say('{layer}, epoch {epoch}: {share}', {
          layer: data.layers[i],
          epoch,
          share: formatEntropy(share),
        }),
      );
    });
  });
  data.epochs.at(-1)?.layers.forEach((layer, i) => {
    const share = structureOf(layer);
    if (share === null) return;
    appendText(group, formatEntropy(share), strip.x + strip.width + 7, strip.y + (i + 0.5) * row + 3.5, {
      size: SMALL,
      colour: share < 0 ? theme.blue : theme.accent,
      weight: 600,
    });
  });
  drawEpochs(group, data, strip, column, theme);
}

/** `1 - value / null`; null where there is none to relate to. */
const structureOf = (layer: { entropy: number; null: number }): number | null =>
  layer.null > 0 && Number.isFinite(layer.entropy) ? 1 - layer.entropy / layer.null : null;

function drawEpochs(
  group: SvgGroup,
  data: TrainingEntropyData,
  strip: Box,
  column: number,
  theme: FigureTheme,
): void {
  const every = Math.max(1, Math.ceil(26 / Math.max(column, 0.1)));
  const baseline = strip.y + strip.height + 13;
  data.epochs.forEach(({ epoch }, e) => {
    if (e % every !== 0) return;
    appendText(group, String(epoch), strip.x + (e + 0.5) * column, baseline, {
      size: SMALL,
      colour: theme.faint,
      anchor: 'middle',
    });
  });
  appendText(group, say('epoch'), strip.x + strip.width, baseline + 14, {
    size: SMALL,
    colour: theme.soft,
    anchor: 'end',
  });
}

/** The last profile, read aloud. */
function inWords({ layers, epochs, measure }: TrainingEntropyData): string {
  const last = epochs.at(-1);
  if (!last) return say('Not measured yet.');
  const told = last.layers.map((layer, i) =>
    say('{layer} {entropy}, null {null}', {
      layer: layers[i],
      entropy: formatEntropy(layer.entropy),
      null: formatEntropy(layer.null),
    }),
  );
  return say('{name} after epoch {epoch}: {told}.', {
    name: measure.name,
    epoch: last.epoch,
    told: told.join('; '),
  });
}
