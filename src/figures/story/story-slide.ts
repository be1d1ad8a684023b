import { wrapText } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, FigureSize } from '../kit/figure-types';
import { appendText, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';

/** Size of a slide in CSS pixels: 16 to 9. */
export const slideSize: FigureSize = { width: 960, height: 540 };

export interface StorySlideData {
  readonly title: string;
  readonly says: readonly string[];
  /** What it is told of, and which step it is. */
  readonly footer: readonly [left: string, right: string];
  /** Width over height of the picture; null for none. */
  readonly picture: number | null;
  readonly chart: boolean;
}

/** Where everything of a slide stands. */
export interface StorySlideLayout {
  readonly title: readonly string[];
  readonly titleSize: number;
  readonly textSize: number;
  readonly x: number;
  /** Baselines of the title's lines and of all lines of text. */
  readonly titleBaselines: readonly number[];
  readonly lines: readonly { readonly text: string; readonly baseline: number }[];
  readonly picture: Box | null;
  readonly chart: Box | null;
}

const MARGIN = 44;
const TOP = 40;
/** Above the footer. */
const BOTTOM = 500;
const PICTURE = 440;
const GAP = 36;
/** Least height that a chart is left. */
const CHART = 220;
const BARS = 120;
const textSizes = [21, 19, 17, 15, 13, 11];

/** Lays a slide out: letters as large as leave room for all that is said. */
export function storySlideLayout(data: StorySlideData): StorySlideLayout {
  const picture = data.picture === null ? null : pictureBox(data.picture);
  const x = picture ? MARGIN + PICTURE + GAP : MARGIN;
  const width = slideSize.width - MARGIN - x;
  const kept = data.chart ? (picture ? BARS : CHART) : 0;
  const most = BOTTOM - TOP - kept;
  const texts = textSizes.map((size) => text(data, width, size));
  const chosen = texts.find(({ height }) => height <= most) ?? texts[texts.length - 1];
  const middle = data.chart ? TOP : TOP + Math.max(0, (BOTTOM - TOP - chosen.height) / 2);
  const chartTop = middle + chosen.height + 14;
  return {
    ...{ title: chosen.title, titleSize: chosen.titleSize, textSize: chosen.size, x, picture },
    titleBaselines: chosen.titleBaselines.map((y) => middle + y),
    lines: chosen.lines.map(({ text: line, baseline }) => ({ text: line, baseline: middle + baseline })),
    chart: data.chart ? { x, y: chartTop, width, height: Math.max(40, BOTTOM - chartTop) } : null,
  };
}

function pictureBox(aspect: number): Box {
  const [room, tall] = [PICTURE, BOTTOM - TOP];
  const width = Math.min(room, tall * aspect);
  const height = width / aspect;
  return { x: MARGIN + (room - width) / 2, y: TOP + (tall - height) / 2, width, height };
}

/** Title and text in letters of a size, from the top at 0. */
function text({ title, says }: StorySlideData, width: number, size: number) {
  const titleSize = Math.round(size * 1.5);
  const titleLines = wrapText(title, width, titleSize, 600);
  const titleBaselines = titleLines.map((_, i) => titleSize + i * titleSize * 1.2);
  let y = titleSize * 1.2 * titleLines.length;
  const lines: { text: string; baseline: number }[] = [];
  for (const sentence of says) {
    y += size * 0.55;
    for (const line of wrapText(sentence, width, size)) {
      lines.push({ text: line, baseline: y + size });
      y += size * 1.36;
    }
  }
  return { size, titleSize, title: titleLines, titleBaselines, lines, height: y };
}

/** What stands on a slide beside its words: drawings of their own size, which are brought to that of their places. */
export interface StorySlideParts {
  readonly picture?: SVGSVGElement | null;
  readonly chart?: SVGSVGElement | null;
}

/** Draws one step of a story as a slide. */
export function storySlide(
  document: Document,
  data: StorySlideData,
  { picture, chart }: StorySlideParts,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = storySlideLayout(data);
  const { node, root } = figureSvg(document, slideSize, theme, {
    title: data.title,
    description: data.says.join(' '),
  });
  if (picture && layout.picture) nest(root, picture, layout.picture);
  layout.title.forEach((line, i) => {
    appendText(root, line, layout.x, layout.titleBaselines[i], {
      ...{ size: layout.titleSize, weight: 600, colour: theme.ink },
    });
  });
  for (const { text: line, baseline } of layout.lines)
    appendText(root, line, layout.x, baseline, { size: layout.textSize, colour: theme.ink });
  if (chart && layout.chart) nest(root, chart, layout.chart);
  const style = { size: 11, colour: theme.faint } as const;
  const [left, right] = data.footer;
  appendText(root, left, MARGIN, slideSize.height - 18, style);
  appendText(root, right, slideSize.width - MARGIN, slideSize.height - 18, { ...style, anchor: 'end' });
  return node;
}

/** A figure as a part of another, as large as its place allows, at its top. */
function nest(root: SvgGroup, figure: SVGSVGElement, box: Box): void {
  const [width, height] = ['width', 'height'].map((name) => Number(figure.getAttribute(name)));
  const scale = Math.min(box.width / width, box.height / height);
  const x = box.x + (box.width - width * scale) / 2;
  const group = root
    .append('g')
    .attr('transform', `translate(${round(x)},${round(box.y)}) scale(${round(scale)})`);
  for (const name of ['title', 'desc']) figure.querySelector(`:scope > ${name}`)?.remove();
  group.node()?.append(...figure.childNodes);
}
