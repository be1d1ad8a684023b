import { say } from '../../text/say';
import { appendCaption } from '../kit/chart-frame';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { thinLabels } from '../kit/layer-names';
import { placeStack } from '../kit/place-stack';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { sizeRuns } from '../saliency/film-strip-layout';
import type { FlowData } from './flow-data';
import type { FlowLayout } from './flow-layout';

const SMALL = 10;
/** Numbers with their spread stand so far apart at least that one does not read them as one. */
const NUMBER_GAP = 8;
const LABEL = 11;

/** What lies behind the signs: the selected column with its cursor, changes of size, layers without evidence. */
export function drawFlowFrame(frame: SvgGroup, data: FlowData, layout: FlowLayout, theme: FigureTheme): void {
  const { axis, top, bottom } = layout;
  if (data.selected !== null && data.layers[data.selected]) {
    const from = data.title ? top - 8 : 0;
    const end = layout.names ? layout.legendTop : layout.nullBaseline + 7;
    frame
      .append('rect')
      .attr('class', 'column')
      .attr('x', round(axis.x(data.selected) - axis.step / 2))
      .attr('y', from)
      .attr('width', round(axis.step))
      .attr('height', round(end - from))
      .attr('fill', theme.accentSoft);
    const x = axis.x(data.selected);
    appendLine(frame, [x, from], [x, bottom + 4], theme.accent)
      .attr('class', 'cursor')
      .attr('stroke-opacity', 0.55);
  }
  const columns = data.layers.flatMap((_, i) => (axis.shows(i) ? [i] : []));
  for (const { at } of sizeRuns(columns.map((i) => data.layers[i])).slice(1)) {
    const x = axis.x(columns[at]) - axis.step / 2;
    appendLine(frame, [x, top - 4], [x, bottom + 4], theme.grey, '1.5 3.5');
  }
  data.layers.forEach(({ outcome }, i) => {
    if (outcome !== 'none') return;
    const x = axis.x(i);
    appendLine(frame, [x, top], [x, bottom], theme.nullLine, '2 4').attr('class', 'no-evidence');
  });
  if (!data.linked) {
    appendText(frame, say('looking for signs …'), axis.left + 4, (top + bottom) / 2, {
      size: LABEL,
      colour: theme.faint,
    });
  }
}

/** Row labels, counts, what is gathered, names and caption. */
export function drawFlowLabels(
  group: SvgGroup,
  data: FlowData,
  layout: FlowLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  if (data.title) {
    const style = { size: 13, weight: 600, colour: theme.ink } as const;
    appendText(group, data.title, LABEL_X, layout.titleBaseline, style);
  }
  if (size.width >= NARROW_WIDTH) drawRowLabels(group, data, layout, theme);
  else {
    const baseline = layout.headerBaseline;
    appendText(group, say('Signs'), 4, baseline, { size: LABEL, weight: 600, colour: theme.ink });
    const words = say('height: mass, colour: {part}; below: number, null', {
      part: data.parts ? say('part') : say('final sign'),
    });
    appendText(group, words, 42, baseline, { size: SMALL, colour: theme.faint });
  }
  drawEmpty(group, data, layout, theme);
  drawCounts(group, data, layout, theme);
  appendLayerNames(group, layout.names, layout.axis, layout.namesTop, data.selected, theme);
  appendCaption(group, layout.captionLines, layout.axis.left, layout.captionTop, theme);
}

function drawRowLabels(group: SvgGroup, data: FlowData, layout: FlowLayout, theme: FigureTheme): void {
  const { top, countBaseline, nullBaseline } = layout;
  appendText(group, say('Signs'), LABEL_X, top + 9, { size: LABEL, weight: 600, colour: theme.ink });
  const style = { size: SMALL, colour: theme.faint };
  appendText(group, say('height: mass'), LABEL_X, top + 24, style);
  appendText(group, data.parts ? say('colour: part') : say('colour: final'), LABEL_X, top + 37, style);
  appendText(group, say('signs'), LABEL_X, countBaseline, style);
  appendText(group, say('null'), LABEL_X, nullBaseline, style);
}

/** How many signs a body of gathered ones stands for, beside it where its column has the room. */
export function drawGathered(group: SvgGroup, layout: FlowLayout, theme: FigureTheme): void {
  const { axis, boxes, columns, bodyWidth } = layout;
  const size = SMALL;
  for (const column of columns) {
    const written = column.flatMap((node) => (node.kind === 'others' ? [node] : []));
    const items = written.map((node) => {
      const { y, height } = boxes.get(node)!;
      return { height: size, wish: y + (height - size) / 2, weight: 1 };
    });
    placeStack(items, 1, { top: layout.top, bottom: layout.bottom + 4 }).forEach((y, i) => {
      const text = `+${written[i].signs.length}`;
      const width = textWidth(text, size);
      const x = axis.x(written[i].layer) + bodyWidth / 2 + 2.5;
      if (width + bodyWidth + 4 > axis.step || !axis.shows(written[i].layer)) return;
      group
        .append('text')
        .attr('class', 'gathered')
        .attr('x', round(Math.min(x, axis.right - width)))
        .attr('y', round(y + size * 0.86))
        .attr('font-size', size)
        .attr('fill', theme.soft)
        .attr('stroke', theme.paper)
        .attr('stroke-width', 2.5)
        .attr('stroke-linejoin', 'round')
        .attr('paint-order', 'stroke')
        .text(text);
    });
  }
}

/** A column without signs says why, if it has the room. */
function drawEmpty(group: SvgGroup, data: FlowData, layout: FlowLayout, theme: FigureTheme): void {
  if (!data.linked) return;
  const { axis, top, bottom } = layout;
  data.layers.forEach(({ outcome, signs }, i) => {
    if (signs.length > 0 || axis.step < 16 || !axis.shows(i)) return;
    const x = axis.x(i);
    const turned = group
      .append('g')
      .attr('transform', `translate(${round(x + 3.5)} ${round((top + bottom) / 2)}) rotate(-90)`);
    turned
      .append('text')
      .attr('font-size', SMALL)
      .attr('text-anchor', 'middle')
      .attr('fill', theme.soft)
      .attr('stroke', i === data.selected ? theme.accentSoft : theme.paper)
      .attr('stroke-width', 6)
      .attr('paint-order', 'stroke')
      .text(outcome === 'none' ? say('no positive evidence') : say('no sign'));
  });
}

function drawCounts(root: SvgGroup, data: FlowData, layout: FlowLayout, theme: FigureTheme): void {
  if (!data.linked) return;
  const group = root.append('g').attr('class', 'counts').attr('style', TABULAR);
  const { axis } = layout;
  const rows = [
    {
      baseline: layout.countBaseline,
      size: LABEL,
      weight: 600 as const,
      colour: theme.ink,
      texts: data.layers.map(({ signs }) => String(signs.length)),
    },
    {
      baseline: layout.nullBaseline,
      size: SMALL,
      weight: 400 as const,
      colour: theme.faint,
      texts: nullTexts(data, axis.step),
    },
  ];
  for (const { baseline, texts, ...style } of rows) {
    const spans = texts.map((text, i) => ({
      at: axis.x(i),
      width: axis.shows(i) ? textWidth(text, style.size, style.weight) : 0,
    }));
    for (const i of thinLabels(spans, axis.step < 16 ? 6 : 3, data.selected)) {
      if (!axis.shows(i)) continue;
      const chosen = i === data.selected && style.weight === 600;
      const text = { ...style, anchor: 'middle', colour: chosen ? theme.accent : style.colour } as const;
      appendText(group, texts[i], spans[i].at, baseline, text);
    }
  }
}

/** "188 ± 6", or "188" where the columns have no room for the deviations. */
function nullTexts({ layers }: FlowData, step: number): string[] {
  const texts = layers.map((layer): [short: string, long: string] => {
    if (layer.outcome === 'none') return ['–', '–'];
    if (!layer.null) return ['…', '…'];
    const { mean, sd } = layer.null;
    const [m, d] = [mean, sd].map((value) => (mean < 10 ? value.toFixed(1) : value.toFixed(0)));
    return [m, `${m} ± ${d}`];
  });
  const fits = texts.every(([, long]) => textWidth(long, SMALL) + NUMBER_GAP <= step);
  return texts.map(([short, long]) => (fits ? long : short));
}
