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

/** Below this width the lists would be too narrow beside the picture: everything stands below it. */
const STACKED_BELOW = 860;
const NARROW_MARGIN = 12;
/** Beside a picture of a column's width nothing is left of its page. */
const STACKED_PICTURE = 264;
/** Where a list has this width beside the picture, sentence and predictions stand there, and the signs below the picture that numbers them. */
const BESIDE_LEAST = 240;

/** Where everything of the card stands, at this width in pixels. */
export function decisionCardLayout(data: DecisionCardData, width: number): DecisionCardLayout {
  return width < STACKED_BELOW ? stackedLayout(data, width) : sideBySideLayout(data, width);
}

const signRowsOf = ({ signs, more }: DecisionCardData) => Math.max(1, signs.length + (more > 0 ? 1 : 0));

function sideBySideLayout(data: DecisionCardData, width: number): DecisionCardLayout {
  const high = Math.min(PICTURE, PICTURE / data.aspect);
  const picture = { x: MARGIN, y: MARGIN, width: high * data.aspect, height: high };
  const x = MARGIN + Math.min(PICTURE, picture.width) + GAP;
  const text = { x, width: width - MARGIN - x };
  const sentence = balanced(data.sentence, text.width, SENTENCE_SIZE);
  const sentenceBaseline = MARGIN + TITLE + 16;
  const lists = sentenceBaseline + (sentence.length - 1) * SENTENCE_LINE + HEADING;
  const listWidth = (text.width - GAP) / 2;
  const signRows = signRowsOf(data);
  const predictions = { x, y: lists, width: listWidth, height: data.predictions.length * ROW };
  const signs = { x: x + listWidth + GAP, y: lists, width: listWidth, height: signRows * ROW };
  const top = Math.max(
    picture.y + picture.height + CAPTION_LINE + 6,
    lists + predictions.height,
    lists + signs.height,
  );
  return {
    ...belowLists(data, width, MARGIN, top),
    ...{ margin: MARGIN, picture, text, titleBaseline: MARGIN + 20 },
    ...{ sentence, sentenceBaseline, predictions, signs },
  };
}

/** Picture, sentence, lists and chart one below the other, or in two columns above the chart. */
function stackedLayout(data: DecisionCardData, width: number): DecisionCardLayout {
  const margin = NARROW_MARGIN;
  const inner = width - 2 * margin;
  const pictureWidth = Math.min(inner, STACKED_PICTURE * Math.max(1, data.aspect));
  const picture = { x: margin, y: margin, width: pictureWidth, height: pictureWidth / data.aspect };
  const beside = inner - pictureWidth - GAP >= BESIDE_LEAST;
  const below = picture.y + picture.height + CAPTION_LINE;
  const x = beside ? margin + pictureWidth + GAP : margin;
  const text = { x, width: width - margin - x };
  const titleBaseline = beside ? margin + 20 : below + 40;
  const sentence = balanced(data.sentence, text.width, SENTENCE_SIZE);
  const sentenceBaseline = titleBaseline + TITLE - 4;
  const read = sentenceBaseline + (sentence.length - 1) * SENTENCE_LINE;
  const predictions = { ...text, y: read + HEADING, height: data.predictions.length * ROW };
  const signs = {
    x: margin,
    y: (beside ? below : predictions.y + predictions.height - 8) + HEADING,
    ...{ width: beside ? pictureWidth : inner, height: signRowsOf(data) * ROW },
  };
  const top = Math.max(predictions.y + predictions.height, signs.y + signs.height);
  return {
    ...belowLists(data, width, margin, top),
    ...{ margin, picture, text, titleBaseline, sentence, sentenceBaseline, predictions, signs },
  };
}

/** The chart under the lists, and the caption. */
function belowLists(data: DecisionCardData, width: number, margin: number, top: number) {
  const chart = { x: margin, y: top + 22, width: width - 2 * margin, height: CHART };
  const caption = data.caption ? wrapText(data.caption, chart.width, CAPTION_SIZE) : [];
  const captionTop = chart.y + chart.height + 8;
  const height = Math.ceil(captionTop + caption.length * CAPTION_LINE + margin - 8);
  return { chart, caption, captionTop, height };
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
