import { scaleLinear } from 'd3-scale';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { heightOfLines, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, MeasureLabel } from '../kit/figure-types';
import { LABEL_X, layerAxis } from '../kit/layer-axis';
import { formatMeasure } from '../kit/number-format';
import { appendLine, appendText, figureSvg, type SvgGroup } from '../kit/svg-nodes';
import { shortenAmong } from '../kit/tellable';
import { drawTicks, isThere, type StudyChartData, type StudyPoint } from './study-frame';
import { drawSeries } from './study-lines';
import { picturesInWords, profileDomain } from './study-profile';

/** The same measure for groups of pictures, a small panel each, on one scale. */
export interface StudyMultiplesData extends StudyChartData {
  readonly measure: MeasureLabel;
  readonly panels: readonly StudyMultiple[];
  /** Of all pictures: the same line in every panel. */
  readonly reference: readonly (StudyPoint | null)[];
}

export interface StudyMultiple {
  readonly name: string;
  readonly pictures: number;
  readonly points: readonly (StudyPoint | null)[];
  readonly null: readonly (StudyPoint | null)[] | null;
}

const TITLE = 24;
const HEAD = 22;
const NAME = 18;
const PLOT = 92;
const NAMES = 18;
const GAP_Y = 14;
const GAP_X = 26;
/** Room for the numbers left of a panel. */
const GUTTER = 40;
/** Narrowest panel in which a line can be followed. */
const NARROWEST = 150;

interface MultiplesLayout {
  readonly plots: readonly Box[];
  readonly headBaseline: number;
  readonly captionTop: number;
  readonly captionLines: readonly string[];
  readonly height: number;
}

/** Where the panels stand: as many in a row as are still legible. */
export function studyMultiplesLayout(data: StudyMultiplesData, width: number): MultiplesLayout {
  const most = Math.max(1, Math.floor((width + GAP_X) / (NARROWEST + GUTTER + GAP_X)));
  const rows = Math.ceil(data.panels.length / most);
  // Five groups in rows of three and two rather than four and one.
  const columns = Math.max(1, Math.ceil(data.panels.length / Math.max(1, rows)));
  const cell = (width - GAP_X * (columns - 1)) / columns;
  const top = (data.title ? TITLE : 0) + HEAD;
  const rowHeight = NAME + PLOT + NAMES + GAP_Y;
  const plots = data.panels.map((_, i) => ({
    x: (i % columns) * (cell + GAP_X) + GUTTER,
    y: top + Math.floor(i / columns) * rowHeight + NAME,
    width: cell - GUTTER - 4,
    height: PLOT,
  }));
  const captionTop = top + rows * rowHeight - GAP_Y;
  const captionLines = linesOfCaption(data.caption, width - 4);
  const captionHeight = heightOfLines(captionLines.length);
  return {
    plots,
    headBaseline: (data.title ? TITLE : 0) + 12,
    captionTop,
    captionLines,
    height: Math.ceil(captionTop + captionHeight + 8),
  };
}

/** Natural height in pixels at this width. */
export const studyMultiplesHeight = (data: StudyMultiplesData, width: number): number =>
  studyMultiplesLayout(data, width).height;

/** Draws the measure by layer for every group of pictures. */
export function studyMultiples(
  document: Document,
  data: StudyMultiplesData,
  width: number,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = studyMultiplesLayout(data, width);
  const { node, root } = figureSvg(document, { width, height: layout.height }, theme, {
    title: data.title ?? say('{name} by group', { name: data.measure.name }),
    description: multiplesInWords(data),
  });
  if (data.title) {
    appendText(root, data.title, LABEL_X, 15, { size: 13, weight: 600, colour: theme.ink });
  }
  drawLegend(root, data, layout.headBaseline, width, theme);
  const { measure } = data;
  const domain = profileDomain([...data.panels.map((panel) => ({ ...panel, measure }))]);
  const counts = data.panels.map(({ pictures }) => picturesInWords(pictures));
  const room = (layout.plots[0]?.width ?? 0) - Math.max(0, ...counts.map((text) => textWidth(text, 10))) - 8;
  const names = shortenAmong(
    data.panels.map(({ name }) => name),
    room,
    11,
    600,
  );
  data.panels.forEach((panel, i) => {
    const plot = layout.plots[i];
    const group = root.append('g').attr('class', 'panel');
    const own = layerAxis(plot.width, data.layers.length, { left: 0, right: 0 });
    const axis = {
      ...own,
      left: plot.x,
      right: plot.x + plot.width,
      x: (layer: number) => plot.x + own.x(layer),
    };
    const y = scaleLinear(domain, [plot.y + plot.height, plot.y]);
    drawTicks(group, { axis }, y, theme);
    appendText(group, names[i], plot.x, plot.y - 7, { size: 11, weight: 600, colour: theme.ink });
    appendText(group, counts[i], plot.x + plot.width, plot.y - 7, {
      size: 10,
      colour: theme.faint,
      anchor: 'end',
    });
    drawSeries(group, data.reference, 'reference', { axis, y }, theme);
    if (panel.null) drawSeries(group, panel.null, 'null', { axis, y }, theme);
    drawSeries(group, panel.points, 'measured', { axis, y }, theme);
    drawEnds(group, data, plot, theme);
  });
  appendCaption(root, layout.captionLines, 4, layout.captionTop, theme);
  return node;
}

function drawLegend(
  root: SvgGroup,
  data: StudyMultiplesData,
  baseline: number,
  width: number,
  theme: FigureTheme,
): void {
  const head = root.append('g').attr('class', 'head');
  const entries = [
    { text: formatMeasure(data.measure), colour: theme.ink, weight: 600 as const },
    { text: say('mean of the group'), colour: theme.accent, weight: 400 as const },
    ...(data.panels.some((panel) => panel.null)
      ? [{ text: say('its null'), colour: theme.faint, weight: 400 as const }]
      : []),
    { text: say('all images'), colour: theme.faint, weight: 400 as const, line: theme.grey },
  ];
  let x = 4;
  for (const { text, colour, weight, line } of entries as ((typeof entries)[number] & { line?: string })[]) {
    const wide = textWidth(text, 11, weight) + (line ? 20 : 0);
    if (x + wide > width) return;
    if (line) appendLine(head, [x, baseline - 4], [x + 14, baseline - 4], line).attr('stroke-width', 1.5);
    appendText(head, text, x + (line ? 20 : 0), baseline, { size: 11, colour, weight });
    x += wide + 14;
  }
}

/** The first and the last layer's name: the others are those of the large chart. */
function drawEnds(group: SvgGroup, { layers }: StudyMultiplesData, plot: Box, theme: FigureTheme): void {
  if (layers.length === 0) return;
  const style = { size: 10, colour: theme.soft } as const;
  const baseline = plot.y + plot.height + 13;
  const room = plot.width / 2 - 6;
  const [first, last] = shortenAmong([layers[0].name, layers[layers.length - 1].name], room, 10);
  appendText(group, first, plot.x, baseline, style);
  appendText(group, last, plot.x + plot.width, baseline, { ...style, anchor: 'end' });
}

function multiplesInWords({ measure, panels, layers }: StudyMultiplesData): string {
  const told = panels.map(({ name, pictures, points }) => {
    const known = points.filter(isThere);
    const change =
      known.length > 0
        ? say(', from {mean} to {mean2}', {
            mean: known[0].mean.toFixed(2),
            mean2: known[known.length - 1].mean.toFixed(2),
          })
        : say(', not measured');
    return `${name}: ${picturesInWords(pictures)}${change}`;
  });
  return say('{measure} over {layers}. {told}.', {
    measure: formatMeasure(measure),
    layers: counted(layers.length, 'layer'),
    told: told.join('; '),
  });
}
