import { CAPTION_LINE, CAPTION_SIZE } from '../kit/canvas-text';
import { wrapText } from '../kit/chart-text';
import type { Box } from '../kit/figure-types';
import type { DecisionCardData } from './decision-card-data';

export const SENTENCE_SIZE = 16;
export const SENTENCE_LINE = 24;
export const ROW = 27;
const MARGIN = 28;
const PICTURE = 296;
const GAP = 32;
const TITLE = 38;
/** The headings of the two lists, with the space above them. */
const HEADING = 48;
const CHART = 216;

export interface DecisionCardLayout {
  readonly margin: number;
  readonly picture: Box;
  /** Left edge and width of what stands beside the picture. */
  readonly text: { readonly x: number; readonly width: number };
  readonly titleBaseline: number;
  readonly sentence: readonly string[];
  readonly sentenceBaseline: number;
  readonly predictions: Box;
  readonly signs: Box;
  readonly chart: Box;
  readonly captionTop: number;
  readonly caption: readonly string[];
  readonly height: number;
}

/** Where everything of the card stands, at this width in pixels. */
export function decisionCardLayout(data: DecisionCardData, width: number): DecisionCardLayout {
  const high = Math.min(PICTURE, PICTURE / data.aspect);
  const picture = { x: MARGIN, y: MARGIN, width: high * data.aspect, height: high };
  const x = MARGIN + Math.min(PICTURE, picture.width) + GAP;
  const text = { x, width: width - MARGIN - x };
  const sentence = balanced(data.sentence, text.width, SENTENCE_SIZE);
  const sentenceBaseline = MARGIN + TITLE + 16;
  const lists = sentenceBaseline + (sentence.length - 1) * SENTENCE_LINE + HEADING;
  const listWidth = (text.width - GAP) / 2;
  const signRows = Math.max(1, data.signs.length + (data.more > 0 ? 1 : 0));
  const predictions = { x, y: lists, width: listWidth, height: data.predictions.length * ROW };
  const signs = { x: x + listWidth + GAP, y: lists, width: listWidth, height: signRows * ROW };
  const top = Math.max(
    picture.y + picture.height + CAPTION_LINE + 6,
    lists + predictions.height,
    lists + signs.height,
  );
  const chart = { x: MARGIN, y: top + 22, width: width - 2 * MARGIN, height: CHART };
  const caption = wrapText(data.caption, chart.width, CAPTION_SIZE);
  const captionTop = chart.y + chart.height + 8;
  return {
    margin: MARGIN,
    picture,
    text,
    titleBaseline: MARGIN + 20,
    sentence,
    sentenceBaseline,
    predictions,
    signs,
    chart,
    captionTop,
    caption,
    height: Math.ceil(captionTop + caption.length * CAPTION_LINE + MARGIN - 8),
  };
}

/** As few lines as the width allows, and those as even as can be: no last word alone. */
function balanced(text: string, width: number, size: number): string[] {
  let lines = wrapText(text, width, size);
  for (let narrower = width - 8; narrower > width / 2; narrower -= 8) {
    const tried = wrapText(text, narrower, size);
    if (tried.length > lines.length) break;
    lines = tried;
  }
  return lines;
}
