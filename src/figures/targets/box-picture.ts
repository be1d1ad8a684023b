import type { FigureTheme } from '../kit/figure-theme';
import type { Context2D, FigureSize } from '../kit/figure-types';
import { classColour } from './class-colours';

export interface BoxPictureData {
  readonly picture: CanvasImageSource;
  /** The surest first. */
  readonly boxes: readonly {
    /** Left, top, right and bottom, as shares of the picture. */
    readonly corners: readonly [number, number, number, number];
    readonly label: string;
    /** By which it is coloured. */
    readonly rank: number;
    readonly chosen: boolean;
    /** One of so many that, drawn like the others, they would hide the picture. */
    readonly isFaint: boolean;
  }[];
}

/** Boxes that bear their names; names of hundreds would hide the picture. */
const named = 6;
const line = { chosen: 3, other: 1.5, faint: 0.75 };
const alpha = { clear: 1, beside: 0.55, faint: 0.2 };
const text = { size: 11, height: 15, side: 4 };

/** Draws what is found, the chosen box last and thickest. */
export function drawBoxPicture(
  context: Context2D,
  { picture, boxes }: BoxPictureData,
  { width, height }: FigureSize,
  theme: FigureTheme,
): void {
  context.drawImage(picture, 0, 0, width, height);
  const isChosen = boxes.some(({ chosen }) => chosen);
  const inOrder = boxes.map((box, rank) => ({ ...box, isNamed: box.chosen || (!isChosen && rank < named) }));
  for (const { corners, label, rank, chosen, isFaint, isNamed } of inOrder.reverse().sort(chosenLast)) {
    const colour = classColour(theme, rank);
    const [left, top] = [corners[0] * width, corners[1] * height];
    context.globalAlpha = isFaint ? alpha.faint : chosen || !isChosen ? alpha.clear : alpha.beside;
    context.strokeStyle = colour;
    context.lineWidth = chosen ? line.chosen : isFaint ? line.faint : line.other;
    context.strokeRect(left, top, corners[2] * width - left, corners[3] * height - top);
    if (!isNamed) continue;
    context.font = `600 ${text.size}px ${theme.font}`;
    const wide = context.measureText(label).width + 2 * text.side;
    const [x, y] = [Math.min(left, Math.max(0, width - wide)), Math.max(0, top - text.height)];
    context.fillStyle = colour;
    context.fillRect(x, y, wide, text.height);
    context.fillStyle = theme.paper;
    context.fillText(label, x + text.side, y + text.size);
  }
  context.globalAlpha = 1;
}

const chosenLast = (a: { chosen: boolean }, b: { chosen: boolean }) => Number(a.chosen) - Number(b.chosen);
