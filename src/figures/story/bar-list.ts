import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { appendLine, appendText, figureSvg, round } from '../kit/svg-nodes';

/** One bar with its name and its number. */
export interface BarListRow {
  readonly label: string;
  /** Length from -1 to 1 of the longest that there may be; null for none, where only the number is known. */
  readonly share: number | null;
  readonly text: string;
  readonly colour: string;
  /** Whether it is the one that is spoken of. */
  readonly strong?: boolean;
}

export interface BarListData {
  readonly title: string;
  readonly rows: readonly BarListRow[];
}

const LABEL = 14;
const MOST_ROW = 52;
const LEAST_ROW = 30;
const BAR = 12;

/** Least height in pixels of so many rows, and what they take when there is room. */
export const barListHeights = ({ rows }: BarListData) => ({
  least: Math.max(1, rows.length) * LEAST_ROW,
  most: Math.max(1, rows.length) * MOST_ROW,
});

/** Bars one below the other, each under its name: read from afar. Those below zero run from the same line, pale. */
export function barList(
  document: Document,
  data: BarListData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: data.title,
    description: data.rows.map(({ label, text }) => `${label}: ${text}.`).join(' '),
  });
  const step = Math.max(LEAST_ROW, Math.min(MOST_ROW, size.height / Math.max(1, data.rows.length)));
  data.rows.forEach(({ label, share, text, colour, strong }, i) => {
    const top = i * step;
    const weight = strong ? 600 : 400;
    const number = textWidth(text, LABEL, 600) + 12;
    appendText(root, shortenText(label, size.width - number, LABEL, weight), 0, top + LABEL, {
      ...{ size: LABEL, weight, colour: theme.ink },
    });
    appendText(root, text, size.width, top + LABEL, {
      ...{ size: LABEL, weight, colour: theme.ink, anchor: 'end' },
    });
    const y = top + LABEL + 5;
    appendLine(root, [0, y + BAR / 2], [size.width, y + BAR / 2], theme.rule);
    if (share === null || share === 0) return;
    root
      .append('rect')
      .attr('y', round(y))
      .attr('width', round(Math.min(1, Math.abs(share)) * size.width))
      .attr('height', BAR)
      .attr('fill', colour)
      .attr('fill-opacity', share < 0 ? 0.4 : 1);
  });
  return node;
}
