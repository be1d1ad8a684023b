import { say } from '../../text/say';
import { captionHeight, drawCaption, drawText } from '../kit/canvas-text';
import { shortenText, textWidth, wrapText } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Box, Context2D, FigureSize } from '../kit/figure-types';
import { formatEntropy, formatSaliency } from '../kit/number-format';
import { divergingAt } from './diverging-map';
import { drawDifference, drawSide, sideColours, type VersusData, type VersusLayer } from './versus-data';

const GAP = 16;
const NAME = 20;
const LINE = 15;
const SMALL = 11;
const BAR = 8;
/** From this width on, in pixels, all three stand beside each other. */
const THREE_FROM = 440;
/** Rows of text below a map. */
const LINES = 2;
/** Below the colour bar: its numbers, and what they are of. */
const BAR_TEXT = 3;

export interface VersusMapsLayout {
  readonly height: number;
  readonly a: Box;
  readonly b: Box;
  readonly difference: Box;
  /** The colour bar of the difference. */
  readonly bar: Box;
  readonly captionTop: number;
}

/** Geometry of the three maps of one layer: in a row, or where that is too narrow the difference below the two. */
export function versusMapsLayout(data: VersusData, width: number): VersusMapsLayout {
  const columns = width >= THREE_FROM ? 3 : 2;
  const side = Math.max(1, Math.floor((width - (columns - 1) * GAP) / columns));
  const tall = (aspect: number) => Math.max(1, Math.round(side / aspect));
  const top = NAME + (data.title ? NAME : 0);
  const a = { x: 0, y: top, width: side, height: tall(data.a.aspect) };
  const b = { x: side + GAP, y: top, width: side, height: tall(data.b.aspect) };
  const inRow = columns === 3;
  const firstRow = top + Math.max(a.height, b.height) + LINES * LINE + 6;
  const difference = {
    x: inRow ? 2 * (side + GAP) : 0,
    y: inRow ? top : firstRow + NAME,
    width: side,
    height: tall(data.a.aspect),
  };
  const bar = inRow
    ? { x: difference.x, y: difference.y + difference.height + 6, width: side, height: BAR }
    : { x: side + GAP, y: difference.y, width: side, height: BAR };
  const under = inRow
    ? Math.max(firstRow, bar.y + BAR + BAR_TEXT * LINE + 4)
    : Math.max(difference.y + difference.height + 6, bar.y + BAR + BAR_TEXT * LINE);
  return {
    ...{ a, b, difference, bar },
    captionTop: under,
    height: under + captionHeight(data.caption, width),
  };
}

/** Draws one layer of both sides, large, and their difference with its colours. */
export function drawVersusMaps(
  ctx: Context2D,
  data: VersusData & { readonly selected: number },
  size: FigureSize,
  theme: FigureTheme,
): void {
  const layer = data.layers[data.selected];
  const layout = versusMapsLayout(data, size.width);
  const colours = sideColours(theme);
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  if (data.title) drawText(ctx, data.title, 0, 15, { size: 13, weight: 600, colour: theme.ink }, theme);
  const named = (letter: string, what: string, box: Box, colour: string) => {
    const head = { size: 12, weight: 600, colour } as const;
    drawText(ctx, letter, box.x, box.y - 7, head, theme);
    const from = textWidth(letter, 12, 600) + 7;
    const rest = shortenText(what, box.width - from, SMALL);
    drawText(ctx, rest, box.x + from, box.y - 7, { size: SMALL, colour: theme.soft }, theme);
  };
  named('A', data.a.title, layout.a, colours.a);
  named('B', data.b.title, layout.b, colours.b);
  named('A − B', layer.name, layout.difference, theme.ink);
  drawSide(ctx, layer.a, data.a, data, layout.a, theme);
  drawSide(ctx, layer.b, data.b, data, layout.b, theme);
  drawDifference(ctx, layer, data, layout.difference, theme);
  for (const [{ name, map, outcome, entropy }, box] of [
    [layer.a, layout.a],
    [layer.b, layout.b],
  ] as const) {
    const lines = [
      `${name}, ${map.width} × ${map.height}`,
      outcome === 'none'
        ? say('no positive evidence')
        : entropy === null
          ? ''
          : say('entropy {entropy}{part}', {
              entropy: formatEntropy(entropy),
              part: data.measure.unit === 'bits' ? say(' bits') : '',
            }),
    ];
    lines.forEach((text, i) => {
      const y = box.y + box.height + (i + 1) * LINE;
      const style = { size: SMALL, colour: i === 0 ? theme.faint : theme.soft };
      drawText(ctx, shortenText(text, box.width, SMALL), box.x, y, style, theme);
    });
  }
  drawBar(ctx, layer, layout.bar, theme);
  if (data.caption) drawCaption(ctx, data.caption, 0, layout.captionTop, size.width, theme);
  ctx.restore();
}

/** The colours of the difference: what is more in the second at the left, zero in the middle, what is more in the first at the right. */
function drawBar(
  ctx: Context2D,
  { difference, extent, shared }: VersusLayer,
  bar: Box,
  theme: FigureTheme,
): void {
  const stops = 32;
  const gradient = ctx.createLinearGradient(bar.x, 0, bar.x + bar.width, 0);
  for (let i = 0; i <= stops; i++) gradient.addColorStop(i / stops, divergingAt(theme, (2 * i) / stops - 1));
  ctx.fillStyle = difference ? gradient : theme.panel;
  ctx.fillRect(bar.x, bar.y, bar.width, bar.height);
  ctx.strokeStyle = theme.rule;
  ctx.lineWidth = 1;
  ctx.strokeRect(bar.x + 0.5, bar.y + 0.5, bar.width - 1, bar.height - 1);
  if (!difference) return;
  const y = bar.y + bar.height + LINE - 2;
  const style = { size: SMALL, colour: theme.soft };
  const most = formatSaliency(extent);
  drawText(ctx, `−${most} B`, bar.x, y, style, theme);
  drawText(ctx, '0', bar.x + bar.width / 2, y, { ...style, align: 'center' }, theme);
  drawText(ctx, `A ${most}`, bar.x + bar.width, y, { ...style, align: 'right' }, theme);
  const text = say('share of evidence, × that of an even map; {shared} % shared', {
    shared: Math.round((shared ?? 0) * 100),
  });
  wrapText(text, bar.width, SMALL)
    .slice(0, BAR_TEXT - 1)
    .forEach((line, i) => {
      drawText(ctx, line, bar.x, y + (i + 1) * LINE, { size: SMALL, colour: theme.faint }, theme);
    });
}
