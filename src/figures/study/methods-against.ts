import { say } from '../../text/say';
import { heightOfLines, linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { shortenText, textWidth, wrapText } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import { appendText, figureSvg, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import {
  appendEffectScale,
  appendEffectSquare,
  effectColour,
  effectScaleHeight,
  SMALL_SQUARE,
} from './effect-scale';

/** Methods against each other: a square of cells, the method of a row against that of a column. */
export interface MethodsAgainstData {
  readonly title?: string;
  readonly caption?: string;
  /** From the top; columns are in the same order, and called by the number of their row. */
  readonly methods: readonly AgainstMethod[];
  /** What the notes are: "mean". */
  readonly noted: string;
  /** By row and column; null on the diagonal and where two have nothing in common. */
  readonly cells: readonly (readonly (AgainstCell | null)[])[];
  /** The strength that has the full colour, and those shown in the legend. */
  readonly full: number;
  readonly steps: readonly number[];
  /** What colours stand for. */
  readonly legend: string;
}

export interface AgainstMethod {
  readonly name: string;
  readonly note: string;
  /** Behind the note where there is room. */
  readonly more?: string;
}

export interface AgainstCell {
  /** Above 0 where the row is the better one; its size decides the colour. */
  readonly strength: number;
  /** Whether it holds beyond chance. */
  readonly holds: boolean;
  /** Short: an effect size, or a score. */
  readonly text: string;
  /** The comparison in words. */
  readonly words: string;
}

/** The legend ends in words, as the caption begins: so much more between them. */
const AFTER_WORDS = 6;
const TITLE = 24;
const SMALL = 10;
const LABEL = 11;
const HEAD = 20;
const WIDEST_CELL = 52;
const ROW = 24;
/** Cells at least so wide have room for their text. */
const TEXT_FROM = 32;
/** Figures at least so wide have room for more than the note. */
const MORE_FROM = 560;
/** Share of the colour under text: letters of ink stay legible on it. */
const UNDER_TEXT = 0.5;

interface Layout {
  readonly gutter: number;
  readonly cell: number;
  readonly row: number;
  readonly texts: boolean;
  readonly top: number;
  readonly legendTop: number;
  readonly legendLines: readonly string[];
  readonly scale: number;
  readonly notes: readonly string[];
  readonly captionLines: readonly string[];
  readonly height: number;
}

function layoutOf(width: number, data: MethodsAgainstData): Layout {
  const { title, caption, methods, noted, legend } = data;
  const names = methods.map(({ name }, i) => textWidth(numbered(i, name), LABEL));
  const gutter = Math.min(width * 0.4, 10 + Math.max(0, ...names));
  const notes = methods.map(({ note, more }) => (more && width >= MORE_FROM ? `${note}${more}` : note));
  const besides = 14 + Math.max(textWidth(noted, SMALL), ...notes.map((note) => textWidth(note, LABEL)));
  const cell = Math.min(WIDEST_CELL, (width - gutter - besides) / Math.max(1, methods.length));
  const texts = cell >= TEXT_FROM;
  const row = texts ? ROW : Math.max(14, Math.min(ROW, cell));
  const top = title ? TITLE : 0;
  const legendTop = top + HEAD + methods.length * row + 14;
  const legendLines = wrapText(legend, width - 4, SMALL);
  const scale = effectScaleHeight(legendLines.length);
  const captionLines = linesOfCaption(caption, width - 4);
  return {
    ...{ gutter, cell, row, texts, top, legendTop, legendLines, scale, notes, captionLines },
    height: Math.ceil(legendTop + scale + (caption ? AFTER_WORDS : 0) + heightOfLines(captionLines.length)),
  };
}

/** Natural height in pixels at this width. */
export const methodsAgainstHeight = (data: MethodsAgainstData, width: number): number =>
  layoutOf(width, data).height;

const numbered = (index: number, name: string) => `${index + 1}  ${name}`;

/** Draws methods against each other: a filled cell where two differ beyond chance, blue where the row is the better one. */
export function methodsAgainst(
  document: Document,
  data: MethodsAgainstData,
  width: number,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = layoutOf(width, data);
  const { node, root } = figureSvg(document, { width, height: layout.height }, theme, {
    title: data.title ?? say('Methods against each other'),
    description: inWords(data),
  });
  if (data.title) appendText(root, data.title, 0, 14, { size: 13, colour: theme.ink, weight: 600 });
  drawHead(root, data, layout, theme);
  data.methods.forEach((_, row) => {
    drawRow(root, data, row, layout, theme);
  });
  const colours = coloursOf(data, layout);
  const place = { left: 0, top: layout.legendTop, lines: layout.legendLines };
  appendEffectScale(root.append('g').attr('style', TABULAR), data.steps, place, colours, theme);
  appendCaption(root, layout.captionLines, 0, layout.legendTop + layout.scale + AFTER_WORDS, theme);
  return node;
}

const coloursOf = ({ full }: MethodsAgainstData, { texts }: Layout) => ({
  full,
  most: texts ? UNDER_TEXT : 1,
});

function drawHead(
  root: SvgGroup,
  { methods, noted }: MethodsAgainstData,
  { gutter, cell, top }: Layout,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'head').attr('style', TABULAR);
  const style = { size: SMALL, colour: theme.faint } as const;
  methods.forEach((_, i) => {
    const x = gutter + (i + 0.5) * cell;
    appendText(group, String(i + 1), x, top + HEAD - 6, { ...style, anchor: 'middle' });
  });
  const right = gutter + methods.length * cell + 10;
  appendText(group, noted, right, top + HEAD - 6, style);
}

function drawRow(
  root: SvgGroup,
  data: MethodsAgainstData,
  row: number,
  layout: Layout,
  theme: FigureTheme,
): void {
  const { gutter, cell, top, texts } = layout;
  const { name } = data.methods[row];
  const group = root.append('g').attr('class', 'method').attr('style', TABULAR);
  const y = top + HEAD + row * layout.row;
  const baseline = y + layout.row / 2 + 4;
  const label = shortenText(numbered(row, name), gutter - 8, LABEL);
  appendText(group, label, 0, baseline, { size: LABEL, colour: theme.ink });
  data.cells[row].forEach((found, column) => {
    if (!found) return;
    const full = { x: gutter + column * cell, y, width: cell - 1, height: layout.row - 1 };
    const share = found.holds ? 1 : texts ? 0 : SMALL_SQUARE;
    const own = group.append('g').attr('class', found.holds ? 'holds' : 'chance');
    own.append('title').text(found.words);
    appendEffectSquare(own, full, share, effectColour(found.strength, coloursOf(data, layout), theme));
    if (!texts) return;
    appendText(own, found.text, full.x + full.width / 2, baseline, {
      ...{ size: SMALL, colour: found.holds ? theme.ink : theme.faint, anchor: 'middle' },
    });
  });
  const right = gutter + data.methods.length * cell + 10;
  appendText(group, layout.notes[row], right, baseline, { size: LABEL, colour: theme.soft });
}

function inWords({ methods, cells }: MethodsAgainstData): string {
  const told = methods.map(({ name }, row) => {
    const holding = cells[row].filter((cell) => cell?.holds);
    const [better, worse] = [
      holding.filter((cell) => cell && cell.strength > 0).length,
      holding.filter((cell) => cell && cell.strength < 0).length,
    ];
    return say('{name} better than {better}, worse than {worse}', { name, better, worse });
  });
  return say('Methods against each other, beyond chance: {told}.', { told: told.join(say(', ')) });
}
