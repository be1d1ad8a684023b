import { min } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { say } from '../../text/say';
import { entropyChart } from '../entropy/entropy-chart';
import { CAPTION_LINE, CAPTION_SIZE } from '../kit/canvas-text';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { shortenAmong } from '../kit/tellable';
import { outlinePath } from '../signs/outline-path';
import { signColour } from '../signs/sign-colours';
import type { DecisionCardData } from './decision-card-data';
import {
  type DecisionCardLayout,
  decisionCardLayout,
  ROW,
  SENTENCE_LINE,
  SENTENCE_SIZE,
} from './decision-card-layout';

/** Width in pixels that the card is made for: a slide, or a page of a paper. */
export const DECISION_CARD_WIDTH = 960;

const SMALL = 11;
const LABEL = 13;

/** Natural height in pixels. */
export const decisionCardHeight = (data: DecisionCardData, width = DECISION_CARD_WIDTH): number =>
  decisionCardLayout(data, width).height;

/** Draws a decision on one sheet: picture, prediction, the signs that carry it, and the entropy of all layers. */
export function decisionCard(
  document: Document,
  data: DecisionCardData,
  theme: FigureTheme,
  width = DECISION_CARD_WIDTH,
): SVGSVGElement {
  const layout = decisionCardLayout(data, width);
  const size = { width, height: layout.height };
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Decision card'),
    description: `${data.label}, ${data.probabilityText}. ${data.sentence}`,
  });
  drawPicture(root, data, layout, theme);
  drawHeading(root, data, layout, theme);
  drawPredictions(root, data, layout, theme);
  drawSigns(root, data, layout, theme);
  const { chart } = layout;
  appendLine(root, [chart.x, chart.y - 10], [chart.x + chart.width, chart.y - 10], theme.rule);
  const entropy = entropyChart(document, { ...data.entropy, selected: null, layerNames: true }, chart, theme);
  // Part of this figure, not a second one in it.
  entropy.removeAttribute('role');
  entropy.removeAttribute('aria-label');
  entropy.setAttribute('x', String(round(chart.x)));
  entropy.setAttribute('y', String(round(chart.y)));
  root.append(() => entropy);
  layout.caption.forEach((text, i) => {
    const baseline = layout.captionTop + i * CAPTION_LINE + CAPTION_SIZE;
    appendText(root, text, layout.margin, baseline, { size: CAPTION_SIZE, colour: theme.soft });
  });
  return node;
}

function drawPicture(
  root: SvgGroup,
  data: DecisionCardData,
  layout: DecisionCardLayout,
  theme: FigureTheme,
): void {
  const { picture } = layout;
  const group = root.append('g').attr('class', 'picture');
  group
    .append('image')
    .attr('href', data.picture)
    .attr('x', picture.x)
    .attr('y', picture.y)
    .attr('width', round(picture.width))
    .attr('height', round(picture.height))
    .attr('preserveAspectRatio', 'none');
  data.signs.forEach(({ outline }, rank) => {
    const path = outlinePath(outline, data.grid, picture);
    // Paper about the line keeps it apart from a picture of any colour.
    for (const [colour, width, opacity] of [
      [theme.paper, 5, 0.8],
      [signColour(theme, rank), 2.5, 1],
    ] as const) {
      group
        .append('path')
        .attr('class', 'outline')
        .attr('d', path)
        .attr('fill', 'none')
        .attr('stroke', colour)
        .attr('stroke-width', width)
        .attr('stroke-opacity', opacity)
        .attr('stroke-linejoin', 'round');
    }
  });
  data.signs.forEach(({ peak: [x, y] }, rank) => {
    const within = (at: number, from: number, length: number) =>
      Math.max(from + 12, Math.min(from + length - 12, at));
    drawBadge(
      group,
      rank,
      within(picture.x + ((x + 0.5) / data.grid.width) * picture.width, picture.x, picture.width),
      within(picture.y + ((y + 0.5) / data.grid.height) * picture.height, picture.y, picture.height),
      theme,
    );
  });
  const note =
    data.signs.length > 0
      ? say('Signs of {layer}, numbered by their mass', { layer: data.layer })
      : say('{layer} has no sign', { layer: data.layer });
  appendText(group, note, picture.x, picture.y + picture.height + 17, { size: 11, colour: theme.faint });
}

/** The number of a sign in its colour. */
function drawBadge(group: SvgGroup, rank: number, x: number, y: number, theme: FigureTheme): void {
  group
    .append('circle')
    .attr('cx', round(x))
    .attr('cy', round(y))
    .attr('r', 8.5)
    .attr('fill', theme.paper)
    .attr('stroke', signColour(theme, rank))
    .attr('stroke-width', 2.5);
  const style = { size: 11, weight: 600, colour: theme.ink, anchor: 'middle' } as const;
  appendText(group, String(rank + 1), x, y + 4, style);
}

function drawHeading(
  root: SvgGroup,
  data: DecisionCardData,
  layout: DecisionCardLayout,
  theme: FigureTheme,
): void {
  const { text, titleBaseline } = layout;
  const group = root.append('g').attr('class', 'heading');
  const room = text.width - textWidth(data.probabilityText, 24, 600) - 24;
  appendText(group, shortenText(data.label, room, 24, 600), text.x, titleBaseline, {
    size: 24,
    weight: 600,
    colour: theme.ink,
  });
  appendText(group, data.probabilityText, text.x + text.width, titleBaseline, {
    size: 24,
    weight: 600,
    colour: theme.accent,
    anchor: 'end',
  });
  layout.sentence.forEach((line, i) => {
    appendText(group, line, text.x, layout.sentenceBaseline + i * SENTENCE_LINE, {
      size: SENTENCE_SIZE,
      colour: theme.ink,
    });
  });
}

function drawPredictions(
  root: SvgGroup,
  data: DecisionCardData,
  layout: DecisionCardLayout,
  theme: FigureTheme,
): void {
  const box = layout.predictions;
  const group = root.append('g').attr('class', 'predictions').attr('style', TABULAR);
  appendText(group, say('Prediction'), box.x, box.y - 8, { size: LABEL, weight: 600, colour: theme.ink });
  const names = 122;
  const bars = { x: box.x + names, width: box.width - names - 58 };
  const labels = shortenAmong(
    data.predictions.map(({ label }) => label),
    names - 10,
    LABEL,
    600,
  );
  data.predictions.forEach(({ probability, text, explained }, i) => {
    const y = box.y + i * ROW + 18;
    const colour = explained ? theme.ink : theme.soft;
    const weight = explained ? 600 : 400;
    appendText(group, labels[i], box.x, y, {
      size: LABEL,
      weight,
      colour,
    });
    if (probability !== null) {
      const length = Math.max(1, bars.width * probability);
      drawBar(group, bars.x, y - 8, length, explained ? theme.accent : theme.grey);
    }
    appendText(group, text, box.x + box.width, y, { size: LABEL, weight, colour, anchor: 'end' });
  });
}

function drawSigns(
  root: SvgGroup,
  data: DecisionCardData,
  layout: DecisionCardLayout,
  theme: FigureTheme,
): void {
  const box = layout.signs;
  const group = root.append('g').attr('class', 'signs').attr('style', TABULAR);
  const right = { share: box.x + box.width, weight: box.x + box.width - 66 };
  const room = right.weight - textWidth(data.lost, SMALL) - box.x - 10;
  const title = shortenText(say('Signs of {layer}', { layer: data.layer }), room, LABEL, 600);
  appendText(group, title, box.x, box.y - 8, { size: LABEL, weight: 600, colour: theme.ink });
  if (data.signs.length === 0) {
    appendText(group, say('none'), box.x, box.y + 18, { size: LABEL, colour: theme.faint });
    return;
  }
  const head = { size: SMALL, colour: theme.faint, anchor: 'end' } as const;
  appendText(group, say('evidence'), right.share, box.y - 8, head);
  appendText(group, data.lost, right.weight, box.y - 8, head);
  const bars = { from: box.x + 28, to: right.weight - 46 };
  const weights = data.signs.map(({ weight }) => weight ?? 0);
  const x = scaleLinear([Math.min(0, min(weights) ?? 0), data.barEnd], [bars.from, bars.to]);
  data.signs.forEach(({ weight, weightText, shareText }, rank) => {
    const y = box.y + rank * ROW + 18;
    drawBadge(group, rank, box.x + 10, y - 4.5, theme);
    if (weight !== null) {
      const [left, end] = weight < 0 ? [x(weight), x(0)] : [x(0), x(weight)];
      drawBar(group, left, y - 8.5, Math.max(1, end - left), signColour(theme, rank), weight < 0 ? 0.45 : 1);
    }
    const style = { size: LABEL, anchor: 'end', colour: theme.ink } as const;
    appendText(group, weightText, right.weight, y, { ...style, weight: 600 });
    appendText(group, shareText, right.share, y, style);
  });
  if (x(0) > bars.from) {
    appendLine(group, [x(0), box.y + 2], [x(0), box.y + data.signs.length * ROW], theme.nullLine);
  }
  if (data.more > 0) {
    const text = say('and {more} lesser {plural}', {
      more: data.more,
      plural: data.more === 1 ? say('one') : say('ones'),
    });
    appendText(group, text, bars.from, box.y + data.signs.length * ROW + 18, {
      size: LABEL,
      colour: theme.faint,
    });
  }
}

function drawBar(group: SvgGroup, x: number, y: number, width: number, colour: string, opacity = 1): void {
  group
    .append('rect')
    .attr('x', round(x))
    .attr('y', round(y))
    .attr('width', round(width))
    .attr('height', 9)
    .attr('rx', Math.min(2, width / 2))
    .attr('fill', colour)
    .attr('fill-opacity', opacity);
}
