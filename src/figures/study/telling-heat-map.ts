import { say } from '../../text/say';
import { heightOfLines, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import { appendText, figureSvg, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import {
  appendEffectScale,
  appendEffectSquare,
  effectColour,
  effectScaleHeight,
  SMALL_SQUARE,
} from './effect-scale';

/** Effect sizes of every measure at every layer, a panel a method. */
export interface TellingHeatMapData {
  readonly title?: string;
  readonly caption?: string;
  readonly layers: readonly string[];
  readonly measures: readonly string[];
  readonly panels: readonly {
    readonly name: string;
    /** By measure and layer; null where there is none. */
    readonly cells: readonly (readonly (TellingCell | null)[])[];
  }[];
}

export interface TellingCell {
  /** Cohen's d; its sign decides the colour. */
  readonly effect: number;
  /** Whether it holds beyond chance, after correction. */
  readonly holds: boolean;
}

const TITLE = 24;
const SMALL = 10;
const LABEL = 11;
const ROW = 14;
const PANEL_NAME = 20;
const GAP = 22;
const NARROWEST_CELL = 9;
const WIDEST_CELL = 22;
const SCALE_HEIGHT = effectScaleHeight(1);
/** The effect that has the full colour: four times what Cohen called large. */
const FULL = 3.2;

interface Layout {
  readonly gutter: number;
  readonly cell: number;
  readonly columns: number;
  readonly panel: { width: number; height: number };
  readonly top: number;
  readonly legendTop: number;
  readonly captionLines: readonly string[];
  readonly height: number;
}

function layoutOf(width: number, { title, caption, layers, measures, panels }: TellingHeatMapData): Layout {
  const gutter = Math.min(width / 3, 8 + Math.max(0, ...measures.map((name) => textWidth(name, SMALL))));
  const least = layers.length * NARROWEST_CELL + GAP;
  const most = Math.max(1, Math.min(panels.length, Math.floor((width - gutter) / least)));
  // Eleven panels in rows of six and five rather than of seven and four.
  const columns = Math.max(1, Math.ceil(panels.length / Math.ceil(panels.length / most)));
  const cell = Math.min(WIDEST_CELL, ((width - gutter) / columns - GAP) / layers.length);
  const ends = SMALL + 8;
  const panel = { width: cell * layers.length + GAP, height: PANEL_NAME + measures.length * ROW + ends };
  const top = title ? TITLE : 0;
  const legendTop = top + Math.ceil(panels.length / columns) * panel.height + 8;
  const captionLines = linesOfCaption(caption, width - 4);
  const captionHeight = heightOfLines(captionLines.length);
  return {
    ...{ gutter, cell, columns, panel, top, legendTop, captionLines },
    height: Math.ceil(legendTop + SCALE_HEIGHT + captionHeight),
  };
}

/** Natural height in pixels at this width. */
export const tellingHeatMapHeight = (data: TellingHeatMapData, width: number): number =>
  layoutOf(width, data).height;

/** Draws which measure tells at which layer, by method: full squares where it holds beyond chance, small ones where it does not. */
export function tellingHeatMap(
  document: Document,
  data: TellingHeatMapData,
  width: number,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = layoutOf(width, data);
  const { node, root } = figureSvg(document, { width, height: layout.height }, theme, {
    title: data.title ?? say('What tells trained from randomised weights'),
    description: inWords(data),
  });
  if (data.title) appendText(root, data.title, 0, 14, { size: 13, colour: theme.ink, weight: 600 });
  data.panels.forEach((_, i) => {
    drawPanel(root, data, i, layout, theme);
  });
  drawLegend(root, layout, theme);
  appendCaption(root, layout.captionLines, 0, layout.legendTop + SCALE_HEIGHT, theme);
  return node;
}

function drawPanel(
  root: SvgGroup,
  { layers, measures, panels }: TellingHeatMapData,
  index: number,
  { gutter, cell, columns, panel, top }: Layout,
  theme: FigureTheme,
): void {
  const [column, row] = [index % columns, Math.floor(index / columns)];
  const [left, head] = [gutter + column * panel.width, top + row * panel.height];
  const { name, cells } = panels[index];
  const group = root.append('g').attr('class', 'panel');
  const shown = shortenText(name, panel.width - 6, LABEL, 600);
  appendText(group, shown, left, head + 12, { size: LABEL, colour: theme.ink, weight: 600 });
  measures.forEach((measure, m) => {
    const y = head + PANEL_NAME + m * ROW;
    if (column === 0) {
      const label = shortenText(measure, gutter - 6, SMALL);
      appendText(group, label, gutter - 6, y + ROW - 4, { size: SMALL, colour: theme.soft, anchor: 'end' });
    }
    layers.forEach((layer, l) => {
      const found = cells[m]?.[l];
      const full = { x: left + l * cell, y, width: cell - 1, height: ROW - 1 };
      const colour = found ? effectColour(found.effect, { full: FULL }, theme) : theme.rule;
      appendEffectSquare(group, full, found?.holds ? 1 : SMALL_SQUARE, colour)
        .attr('class', found ? (found.holds ? 'holds' : 'chance') : 'none')
        .append('title')
        .text(`${name}, ${measure}, ${layer}: ${found ? found.effect.toFixed(2).replace('-', '−') : 'none'}`);
    });
  });
  const y = head + PANEL_NAME + measures.length * ROW + SMALL + 2;
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const room = (layers.length * cell) / 2 - 4;
  const style = { size: SMALL, colour: theme.faint } as const;
  appendText(group, shortenText(first, room, SMALL), left, y, style);
  if (layers.length > 1) {
    const end = left + layers.length * cell;
    appendText(group, shortenText(last, room, SMALL), end, y, { ...style, anchor: 'end' });
  }
}

function drawLegend(root: SvgGroup, { legendTop, gutter }: Layout, theme: FigureTheme): void {
  const group = root.append('g').attr('class', 'legend').attr('style', TABULAR);
  const steps = [-FULL, -1.6, -0.8, -0.2, 0.2, 0.8, 1.6, FULL];
  const words = say('effect size d: red where training lowers it, blue where it raises it');
  const place = { left: Math.min(gutter, 8), top: legendTop, lines: [words] };
  appendEffectScale(group, steps, place, { full: FULL }, theme);
}

function inWords({ layers, measures, panels }: TellingHeatMapData): string {
  const told = panels.map(({ name, cells }) => {
    const holding = cells.flat().filter((cell) => cell?.holds).length;
    return say('{name} {holding} of {layers}', { name, holding, layers: layers.length * measures.length });
  });
  return say(
    'Pairs of measure and layer at which trained and randomised weights differ beyond chance, by method: {told}.',
    { told: told.join(say(', ')) },
  );
}
