import type { Contours, OutlineTour } from '../../semiotics';
import type { Box, Context2D, FigureSize } from '../kit/figure-types';
import type { OutlineColours } from './outline-colours';

/** The outlines of a network's signs, at rest and on their way. */
export interface SignOutlines {
  readonly tour: OutlineTour;
  /** Size of the grid that the tour's pixels are counted on. */
  readonly grid: FigureSize;
  readonly colours: OutlineColours;
}

const LINE = 1.25;
/** A pale line holds on dark ground, its dark edge on bright ground. */
const EDGE = 2.75;
const EDGE_COLOUR = 'rgba(0, 0, 0, 0.5)';
/** Of a sign that passes over layers it is no sign of. */
const SKIPPING_LINE = 0.9;
const DASHES = [4, 3];

/** Draws the outlines at a position between the layers over a picture's box. */
export function drawSignOutlines(
  ctx: Context2D,
  { tour, grid, colours }: SignOutlines,
  position: number,
  box: Box,
): void {
  const [scaleX, scaleY] = [box.width / grid.width, box.height / grid.height];
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.width, box.height);
  ctx.clip();
  ctx.lineJoin = 'round';
  let pen = { colour: '', presence: 0, skipping: false };
  // Outlines that look alike are one path: hundreds cost little more than one.
  const stroke = () => {
    if (pen.presence <= 0) return;
    ctx.setLineDash(pen.skipping ? DASHES : []);
    ctx.globalAlpha = pen.presence;
    if (!pen.skipping) {
      ctx.lineWidth = EDGE;
      ctx.strokeStyle = EDGE_COLOUR;
      ctx.stroke();
    }
    ctx.lineWidth = pen.skipping ? SKIPPING_LINE : LINE;
    ctx.strokeStyle = pen.colour;
    ctx.stroke();
  };
  tour(position, ({ sign, contours, x, y, presence, skipping }) => {
    const colour = colours(sign);
    if (colour !== pen.colour || presence !== pen.presence || skipping !== pen.skipping) {
      stroke();
      ctx.beginPath();
      pen = { colour, presence, skipping };
    }
    // Pixel 0 covers 0 to 1: its centre is half a pixel in.
    const [left, top] = [box.x + (x + 0.5) * scaleX, box.y + (y + 0.5) * scaleY];
    addLines(ctx, contours, left, top, scaleX, scaleY);
  });
  stroke();
  ctx.restore();
}

/** Adds closed lines to the path as quadratic splines, which round off the steps of the grid by a quarter of a pixel. */
function addLines(
  ctx: Context2D,
  { points, ends }: Contours,
  left: number,
  top: number,
  scaleX: number,
  scaleY: number,
): void {
  let start = 0;
  for (const end of ends) {
    let x = left + points[2 * end - 2] * scaleX;
    let y = top + points[2 * end - 1] * scaleY;
    for (let i = start; i < end; i++) {
      const nextX = left + points[2 * i] * scaleX;
      const nextY = top + points[2 * i + 1] * scaleY;
      if (i === start) ctx.moveTo((x + nextX) / 2, (y + nextY) / 2);
      else ctx.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
      [x, y] = [nextX, nextY];
    }
    const firstX = left + points[2 * start] * scaleX;
    const firstY = top + points[2 * start + 1] * scaleY;
    ctx.quadraticCurveTo(x, y, (x + firstX) / 2, (y + firstY) / 2);
    ctx.closePath();
    start = end;
  }
}
