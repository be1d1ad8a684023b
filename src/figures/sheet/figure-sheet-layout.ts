import { say } from '../../text/say';
import { textWidth, wrapText } from '../kit/chart-text';
import type { Box, FigureSize } from '../kit/figure-types';

/** Pages in CSS pixels, 96 to the inch. */
export const pageFormats = {
  'a4-portrait': { title: 'A4, portrait', width: (210 / 25.4) * 96, height: (297 / 25.4) * 96 },
  'a4-landscape': { title: 'A4, landscape', width: (297 / 25.4) * 96, height: (210 / 25.4) * 96 },
  letter: { title: 'Letter', width: 8.5 * 96, height: 11 * 96 },
  slide: { title: 'Slide, 16:9', width: 1280, height: 720 },
} as const;

export type PageFormat = keyof typeof pageFormats;

/** A figure that wants a place on the page. */
export interface SheetPanel {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Narrowest width at which it can be read, the width it is best at and the widest it is drawn, in its own pixels. */
  readonly least: number;
  readonly best: number;
  readonly most: number;
  /** Height it needs at a width, in its own pixels. */
  heightAt(width: number): number;
  /** Whether it can be drawn higher than that. */
  readonly stretches: boolean;
}

/** A figure in its place. */
export interface PlacedPanel {
  readonly id: string;
  readonly title: string;
  /** "a", "b", "c", ... in reading order. */
  readonly letter: string;
  /** Where the figure stands on the page. */
  readonly box: Box;
  /** The size it is drawn at, in its own pixels: the box divided by the sheet's scale. */
  readonly size: FigureSize;
  readonly titleBaseline: number;
  readonly captionTop: number;
  readonly captionLines: readonly string[];
}

export interface SheetLayout {
  readonly page: FigureSize;
  readonly margin: number;
  /** Pixels of the page for a pixel of a figure: one scale for all, so that all are lettered alike. */
  readonly scale: number;
  readonly panels: readonly PlacedPanel[];
  readonly heading: readonly string[];
  readonly headingTop: number;
  readonly footer: readonly string[];
  readonly footerTop: number;
}

export const HEADING_SIZE = 13;
export const HEADING_LINE = 17;
export const SHEET_CAPTION_SIZE = 10;
export const SHEET_CAPTION_LINE = 13;
const TITLE_LINE = 20;
const GAP = 22;
/** Leftover height that goes into a gap between rows, at most. */
const LOOSE = 26;
/** Largest and smallest scale that is tried. */
const LARGEST = 1.3;
const SMALLEST = 0.2;
/** At this scale the smallest letters, of ten pixels, have seven points on the page: a smaller one is taken only where nothing fits at it. */
const LEGIBLE = 7 / 0.75 / 10;
const STEP = 0.02;
const MOST_IN_ROW = 3;
/** In a row where fewer do not fit: six figures on a slide in an order that suits none of them. */
const MOST_AT_NEED = 5;

/**
 * Lays figures out on one page in their order: of all ways to break them into rows of up to three (more only where nothing fits), the
 * one that lets them be largest. Figures keep the proportions they have at their width; those that can are drawn as high as their row.
 */
export function sheetLayout(
  panels: readonly SheetPanel[],
  format: PageFormat,
  words: { heading: string; footer: string },
): SheetLayout {
  const page = pageFormats[format];
  const margin = Math.round(Math.min(page.width, page.height) * 0.055);
  const width = page.width - 2 * margin;
  const heading = wrapText(words.heading, width, HEADING_SIZE, 600);
  const footer = wrapText(words.footer, width, SHEET_CAPTION_SIZE);
  const top = margin + heading.length * HEADING_LINE + 12;
  const footerTop = page.height - margin - footer.length * SHEET_CAPTION_LINE;
  const room = { x: margin, y: top, width, height: footerTop - 12 - top };
  const ways = breaks(panels, MOST_IN_ROW);
  const chosen =
    best(ways, room, LEGIBLE) ??
    best(ways, room, SMALLEST) ??
    best(breaks(panels, MOST_AT_NEED), room, SMALLEST);
  if (!chosen) throw new Error(say('These figures do not fit on one page: choose fewer.'));
  return {
    page: { width: page.width, height: page.height },
    margin,
    scale: chosen.scale,
    panels: place(chosen.rows, chosen.scale, room),
    heading,
    headingTop: margin,
    footer,
    footerTop,
  };
}

/** A figure with the width it gets on the page. */
interface Column {
  readonly panel: SheetPanel;
  readonly width: number;
}

/** All ways to break a list into rows of at most so many, the order kept. */
function breaks(panels: readonly SheetPanel[], most: number): (readonly SheetPanel[])[][] {
  if (panels.length === 0) return [[]];
  const ways: (readonly SheetPanel[])[][] = [];
  for (let count = 1; count <= Math.min(most, panels.length); count++) {
    for (const rest of breaks(panels.slice(count), most)) ways.push([panels.slice(0, count), ...rest]);
  }
  return ways;
}

/**
 * A row's width divided in the proportions in which its figures are best. A figure takes no more than it is drawn at most, and
 * leaves the rest to the others.
 */
function columnsOf(row: readonly SheetPanel[], width: number, scale: number): Column[] {
  const full = new Set<SheetPanel>();
  let shares: number[] = [];
  for (let changed = true; changed; ) {
    const free = width - GAP * (row.length - 1) - sum([...full].map(({ most }) => most * scale));
    const wanted = sum(row.filter((panel) => !full.has(panel)).map((panel) => panel.best));
    shares = row.map((panel) => (full.has(panel) ? panel.most * scale : (free * panel.best) / wanted));
    const beyond = row.filter((panel, i) => !full.has(panel) && shares[i] > panel.most * scale);
    for (const panel of beyond) full.add(panel);
    changed = beyond.length > 0;
  }
  return row.map((panel, i) => ({ panel, width: shares[i] }));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const captionLines = ({ panel, width }: Column) => wrapText(panel.caption, width, SHEET_CAPTION_SIZE);

const captionHeight = (column: Column) => 6 + captionLines(column).length * SHEET_CAPTION_LINE;

const figureHeight = ({ panel, width }: Column, scale: number) => panel.heightAt(width / scale) * scale;

const rowHeight = (row: readonly Column[], scale: number) =>
  TITLE_LINE +
  Math.max(...row.map((column) => figureHeight(column, scale))) +
  Math.max(...row.map(captionHeight));

const heightOf = (rows: readonly (readonly Column[])[], scale: number) =>
  sum(rows.map((row) => rowHeight(row, scale))) + GAP * Math.max(0, rows.length - 1);

/** Of all ways to break the list the one that lets its figures be large and leaves little of the page empty; null where none fits. */
function best(
  ways: (readonly SheetPanel[])[][],
  room: Box,
  least: number,
): { rows: Column[][]; scale: number } | null {
  let chosen: { rows: Column[][]; scale: number } | null = null;
  let score = 0;
  for (const way of ways) {
    const fitted = largest(way, room, { score, least });
    if (!fitted) continue;
    const { rows, scale } = fitted;
    const covered = sum(
      rows.flatMap((row) => {
        const height = Math.max(...row.map((column) => figureHeight(column, scale)));
        return row.map((column) =>
          column.panel.stretches ? column.width * height : column.width * figureHeight(column, scale),
        );
      }),
    );
    const own = scale * Math.sqrt(covered);
    if (own > score) [chosen, score] = [fitted, own];
  }
  return chosen;
}

/** The rows at the largest scale at which they fit; null where they do not, or could not be better than what was found. */
function largest(
  way: (readonly SheetPanel[])[],
  room: Box,
  { score, least }: { score: number; least: number },
): { rows: Column[][]; scale: number } | null {
  const hopeless = score / Math.sqrt(room.width * room.height);
  for (let scale = LARGEST; scale >= least && scale > hopeless; scale -= STEP) {
    const rows = way.map((row) => columnsOf(row, room.width, scale));
    const wide = rows.flat().every(({ panel, width }) => width / scale >= panel.least);
    if (!wide) continue;
    // Captions take long to break into lines: first see whether the figures alone have room.
    const figures = sum(rows.map((row) => Math.max(...row.map((column) => figureHeight(column, scale)))));
    if (figures <= room.height && heightOf(rows, scale) <= room.height) return { rows, scale };
  }
  return null;
}

function place(rows: Column[][], scale: number, room: Box): PlacedPanel[] {
  const panels: PlacedPanel[] = [];
  const left = room.height - heightOf(rows, scale);
  const loose = rows.length > 1 ? Math.min(LOOSE, left / (rows.length - 1)) : 0;
  let y = room.y;
  for (const row of rows) {
    const height = Math.max(...row.map((column) => figureHeight(column, scale)));
    let x = room.x;
    for (const column of row) {
      const { panel, width } = column;
      const own = panel.stretches ? height : figureHeight(column, scale);
      panels.push({
        id: panel.id,
        title: panel.title,
        letter: String.fromCharCode(97 + panels.length),
        box: { x, y: y + TITLE_LINE, width, height: own },
        size: { width: width / scale, height: own / scale },
        titleBaseline: y + 12,
        captionTop: y + TITLE_LINE + own + 6,
        captionLines: captionLines(column),
      });
      x += width + GAP;
    }
    y += rowHeight(row, scale) + GAP + loose;
  }
  return panels;
}

/** Width of a panel's letter with the space behind it. */
export const letterWidth = (letter: string) => textWidth(letter, HEADING_SIZE, 600) + 8;
