import { say } from '../../text/say';
import { shortenText } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { appendText, figureSvg, round } from '../kit/svg-nodes';
import {
  HEADING_LINE,
  HEADING_SIZE,
  letterWidth,
  SHEET_CAPTION_LINE,
  SHEET_CAPTION_SIZE,
  type SheetLayout,
} from './figure-sheet-layout';

/** What stands in a panel: a drawing at the size asked for, in its own pixels. */
export interface SheetContent {
  svg(size: FigureSize): SVGSVGElement;
}

/** Draws several figures on one page, each with its letter, its title and its caption. */
export function figureSheet(
  document: Document,
  layout: SheetLayout,
  contents: ReadonlyMap<string, SheetContent>,
  theme: FigureTheme,
): SVGSVGElement {
  const { page, margin } = layout;
  const { node, root } = figureSvg(document, page, theme, {
    title: say('Figure sheet'),
    description: layout.panels.map(({ letter, title }) => `${letter}: ${title}.`).join(' '),
  });
  layout.heading.forEach((text, i) => {
    const baseline = layout.headingTop + i * HEADING_LINE + HEADING_SIZE;
    appendText(root, text, margin, baseline, { size: HEADING_SIZE, weight: 600, colour: theme.ink });
  });
  for (const panel of layout.panels) {
    const { box, letter, title, size } = panel;
    const group = root.append('g').attr('class', 'panel');
    const style = { weight: 600, colour: theme.ink } as const;
    const behind = letterWidth(letter);
    appendText(group, letter, box.x, panel.titleBaseline, { ...style, size: HEADING_SIZE });
    const name = shortenText(title, box.width - behind, 11, 600);
    appendText(group, name, box.x + behind, panel.titleBaseline, { ...style, size: 11 });
    const content = contents.get(panel.id);
    const place = [
      ['x', round(box.x)],
      ['y', round(box.y)],
      ['width', round(box.width)],
      ['height', round(box.height)],
    ] as const;
    if (content) {
      const figure = content.svg(size);
      // Part of this figure, not one of its own.
      figure.removeAttribute('role');
      figure.removeAttribute('aria-label');
      for (const [name, value] of place) figure.setAttribute(name, String(value));
      group.append(() => figure);
    }
    panel.captionLines.forEach((text, i) => {
      const baseline = panel.captionTop + i * SHEET_CAPTION_LINE + SHEET_CAPTION_SIZE;
      appendText(group, text, box.x, baseline, { size: SHEET_CAPTION_SIZE, colour: theme.soft });
    });
  }
  layout.footer.forEach((text, i) => {
    const baseline = layout.footerTop + i * SHEET_CAPTION_LINE + SHEET_CAPTION_SIZE;
    appendText(root, text, margin, baseline, { size: SHEET_CAPTION_SIZE, colour: theme.faint });
  });
  return node;
}
