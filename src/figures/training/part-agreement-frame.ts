import { say } from '../../text/say';
import { appendCaption, appendColumn } from '../kit/chart-frame';
import { textWidth, widthWithSpace } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { thinLabels } from '../kit/layer-names';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendLine, appendText, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { sizeRuns } from '../saliency/film-strip-layout';
import type { AgreementWith, PartAgreementData } from './part-agreement-data';
import type { AgreementPanel, PartAgreementLayout } from './part-agreement-layout';

const SMALL = 10;
const LABEL = 11;
const MEASURE = 'best overlap of a sign (intersection over union)';

const NAMES = { parts: 'Parts', object: 'Object' } as const;

/** The colour of a comparison, for lines and words alike. */
export function agreementColour(kind: AgreementWith, theme: FigureTheme): string {
  return kind === 'parts' ? theme.accent : theme.blue;
}

/** What lies behind the lines: the selected column, changes of size, grid lines with their numbers. */
export function drawAgreementFrame(
  root: SvgGroup,
  data: PartAgreementData,
  layout: PartAgreementLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const { axis, panels } = layout;
  appendColumn(root, data, axis, { top: layout.columnTop, bottom: layout.columnEnd }, theme);
  if (data.selected !== null && data.layers[data.selected]) {
    const x = axis.x(data.selected);
    const end = data.layerNames ? panels[1].bottom : layout.columnEnd;
    appendLine(root, [x, panels[0].top - 4], [x, end], theme.accent)
      .attr('class', 'cursor')
      .attr('stroke-opacity', 0.55);
  }
  drawSizes(root, data, layout, size, theme);
  for (const panel of panels) drawScale(root, layout, panel, theme);
}

/** Where the spatial size changes, with the size at the beginning of its run. */
function drawSizes(
  root: SvgGroup,
  data: PartAgreementData,
  { axis, panels, sizesBaseline }: PartAgreementLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'boundaries');
  const runs = sizeRuns(data.layers);
  for (const { at } of runs.slice(1)) {
    const x = axis.left + at * axis.step;
    appendLine(group, [x, panels[0].top - 4], [x, panels[1].bottom], theme.grey, '1.5 3.5');
  }
  const spans = runs.map(({ at, text }) => {
    const width = textWidth(text, SMALL);
    return { at: axis.left + at * axis.step + 4 + width / 2, width };
  });
  for (const i of thinLabels(spans, 4)) {
    const x = spans[i].at - spans[i].width / 2;
    if (x + spans[i].width > size.width) continue;
    appendText(group, runs[i].text, x, sizesBaseline, { size: SMALL, colour: theme.faint });
  }
}

function drawScale(
  root: SvgGroup,
  { axis }: PartAgreementLayout,
  { y }: AgreementPanel,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'scale').attr('style', TABULAR);
  const ticks = y.ticks(2);
  const format = y.tickFormat(2);
  for (const tick of ticks) {
    appendLine(group, [axis.left, y(tick)], [axis.right, y(tick)], tick === 0 ? theme.nullLine : theme.rule);
    appendText(group, format(tick), axis.left - 8, y(tick) + 3.5, {
      size: SMALL,
      colour: theme.faint,
      anchor: 'end',
    });
  }
}

/** Title, the panels' names in their colours, the measure, layer names and caption. */
export function drawAgreementLabels(
  root: SvgGroup,
  data: PartAgreementData,
  layout: PartAgreementLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const { axis, panels } = layout;
  const group = root.append('g').attr('class', 'labels');
  if (data.title) {
    const style = { size: 13, weight: 600, colour: theme.ink } as const;
    appendText(group, data.title, LABEL_X, layout.titleBaseline, style);
  }
  const wide = size.width >= NARROW_WIDTH;
  for (const { with: kind, top, headerBaseline, y } of panels) {
    const rows = [
      { text: say(NAMES[kind]), size: LABEL, colour: theme.ink, weight: 600 as const },
      { text: say('signs'), size: LABEL, colour: agreementColour(kind, theme) },
      { text: say('null'), size: LABEL, colour: theme.faint },
    ];
    let x = 4;
    rows.forEach((row, i) => {
      if (wide) appendText(group, row.text, LABEL_X, top + 3 + i * 14, row);
      else appendText(group, row.text, x, headerBaseline, row);
      x += widthWithSpace(row.text, LABEL, { weight: 600, least: 10 });
    });
    if (data.layers.every((layer) => layer[kind] === null)) {
      const style = { size: SMALL, colour: theme.faint } as const;
      appendText(group, say('not measured yet'), axis.left + 4, y(0) - 6, style);
    }
  }
  const measure = { size: SMALL, colour: theme.faint } as const;
  if (wide) appendText(group, say(MEASURE), axis.left, panels[0].headerBaseline, measure);
  else appendText(group, say('overlap'), axis.right, panels[0].headerBaseline, { ...measure, anchor: 'end' });
  appendLayerNames(group, layout.names, axis, layout.namesTop, data.selected, theme);
  appendCaption(group, layout.captionLines, axis.left, layout.captionTop, theme);
}
