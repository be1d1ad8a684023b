import { CAPTION_LINE, captionHeight, drawCaption, drawText } from '../kit/canvas-text';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize } from '../kit/figure-types';
import { saliencyPictureBox } from '../saliency/saliency-look';
import { conceptColours } from './concept-colours';
import { type ConceptPicture, drawConceptPicture } from './concept-picture';

export interface ConceptsData extends Omit<ConceptPicture, 'only'> {
  /** Name of the layer. */
  readonly layer: string;
  /** What all concepts are, in one line. */
  readonly heading: string;
  /** Width over height of the network's input; 1 unless given. */
  readonly aspect?: number;
  /** Of every concept what stands beside it: its share, and what it means. */
  readonly words: readonly { readonly share: string; readonly lines: readonly string[] }[];
  readonly caption?: string;
}

const GAP = 12;
const THUMBNAIL = 54;
const MARK = 5;
const TEXT_SIZE = 11;
/** From so many pixels on the legend has two columns. */
const TWO_COLUMNS = 400;

/** Total height in pixels of the figure at this width: picture, heading, legend, caption. */
export function conceptsHeight(width: number, data: ConceptsData): number {
  const { rows } = legend(width, data);
  return (
    saliencyPictureBox(width, data.aspect).height +
    GAP +
    CAPTION_LINE +
    rows * (thumbnailHeight(data) + GAP) +
    captionHeight(data.caption, width)
  );
}

const thumbnailHeight = ({ aspect = 1 }: Pick<ConceptsData, 'aspect'>) =>
  // Three lines of text stand beside it.
  Math.max(3 * CAPTION_LINE + 2, Math.round(THUMBNAIL / aspect));

function legend(width: number, { concepts }: Pick<ConceptsData, 'concepts'>) {
  const columns = width >= TWO_COLUMNS ? 2 : 1;
  return {
    columns,
    rows: Math.ceil(concepts.length / columns),
    column: (width - (columns - 1) * GAP) / columns,
  };
}

/** Draws the picture under its concepts' colours, and below it every concept by itself with what it means. */
export function drawConcepts(ctx: Context2D, data: ConceptsData, size: FigureSize, theme: FigureTheme): void {
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  const box = saliencyPictureBox(size.width, data.aspect);
  drawConceptPicture(ctx, { ...data, only: null }, box, theme);
  let y = box.height + GAP;
  const heading = shortenText(data.heading, size.width, TEXT_SIZE);
  drawText(ctx, heading, 0, y + TEXT_SIZE, { size: TEXT_SIZE, colour: theme.soft }, theme);
  y += CAPTION_LINE + GAP / 2;
  const { columns, rows, column } = legend(size.width, data);
  const height = thumbnailHeight(data);
  data.concepts.forEach((_, k) => {
    const x = (k % columns) * (column + GAP);
    const top = y + Math.floor(k / columns) * (height + GAP);
    drawEntry(ctx, data, k, { x, y: top, width: column, height }, theme);
  });
  if (data.caption) drawCaption(ctx, data.caption, 0, y + rows * (height + GAP) - GAP / 2, size.width, theme);
  ctx.restore();
}

function drawEntry(ctx: Context2D, data: ConceptsData, k: number, box: Box, theme: FigureTheme): void {
  ctx.fillStyle = conceptColours[data.concepts[k].colour];
  ctx.fillRect(box.x, box.y, MARK, box.height);
  const picture = { x: box.x + MARK + 3, y: box.y, width: THUMBNAIL, height: box.height };
  const own = { ...picture, height: Math.round(THUMBNAIL / (data.aspect ?? 1)) };
  drawConceptPicture(ctx, { ...data, opacity: 1, only: k }, own, theme);
  const x = picture.x + picture.width + 8;
  const width = box.x + box.width - x;
  const { share, lines } = data.words[k];
  const style = { size: TEXT_SIZE, weight: 600, colour: theme.ink } as const;
  drawText(ctx, shortenWhole(share, width), x, box.y + TEXT_SIZE, style, theme);
  lines.forEach((line, i) => {
    const colour = i === 0 ? theme.soft : theme.faint;
    const baseline = box.y + TEXT_SIZE + (i + 1) * CAPTION_LINE;
    drawText(ctx, shortenWhole(line, width), x, baseline, { size: TEXT_SIZE, colour }, theme);
  });
}

const shortenWhole = (text: string, width: number) =>
  textWidth(text, TEXT_SIZE) <= width ? text : shortenText(text, width, TEXT_SIZE);
