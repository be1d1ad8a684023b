import { say } from '../../text/say';

/**
 * Advance widths of Inter in thousandths of an em for the characters U+0020 to U+007E, measured in Chromium
 * from the bundled variable font. Layout computed from a table is the same on the page, in an export and in a
 * test without a browser.
 */
const REGULAR = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646,
  593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269,
  571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471,
  456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528,
  327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
];
const FIRST = 0x20;
/** What other characters take at most in Latin scripts (the multiplication sign, accented capitals). */
const OTHER = 680;
/** Chinese, Japanese and Korean characters fill the em. */
const WIDE = 1000;
const ELLIPSIS = 864;
/** Semi-bold runs this much wider than regular over lower-case text and digits. */
const SEMI_BOLD = 1.035;

/** Size in pixels of the smallest letters of any figure: what print sizes are reckoned from. */
export const smallestLetters = 10;

export type FontWeight = 400 | 600;

/** Width in pixels of one line of text. */
export function textWidth(text: string, fontSize: number, weight: FontWeight = 400): number {
  let units = 0;
  for (const character of text) units += unitsOf(character);
  return pixelsOf(units, fontSize, weight);
}

const pixelsOf = (units: number, fontSize: number, weight: FontWeight) =>
  (units * fontSize * (weight === 600 ? SEMI_BOLD : 1)) / 1000;

/** Advance width of a character in thousandths of an em. */
function unitsOf(character: string): number {
  const code = character.codePointAt(0)!;
  return REGULAR[code - FIRST] ?? otherWidth(code);
}

function otherWidth(code: number): number {
  if (code >= 0x2e80) return WIDE;
  return code === 0x2026 ? ELLIPSIS : OTHER;
}

/**
 * Width in pixels of words and the space behind them, before what follows in the same row: a reader of a file without the figure's letters
 * has others, up to a sixth wider.
 */
export const widthWithSpace = (
  text: string,
  fontSize: number,
  { weight = 400, least }: { weight?: FontWeight; least: number },
): number => {
  const words = textWidth(text, fontSize, weight);
  return words + Math.max(least, 5 + words / 6);
};

/** The text in lines no wider than `width`; a word that is wider by itself is broken, at a sign between its letters where it has one ("block4.layer16.conv2"). */
export function wrapText(text: string, width: number, fontSize: number, weight: FontWeight = 400): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/).flatMap((w) => breakWord(w, width, fontSize, weight))) {
      const longer = line ? `${line} ${word}` : word;
      if (line && textWidth(longer, fontSize, weight) > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.push(line);
  }
  return lines;
}

function breakWord(word: string, width: number, fontSize: number, weight: FontWeight): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece && textWidth(piece + character, fontSize, weight) > width) {
      const [first, rest] = brokenAt(piece);
      pieces.push(first);
      piece = rest;
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** As much as stands up to the last sign between letters, and what is left for the next line; all of it where there is none. */
function brokenAt(piece: string): [first: string, rest: string] {
  const end = Math.max(...['.', '/', '_', '-', ':'].map((sign) => piece.lastIndexOf(sign))) + 1;
  return end > 1 ? [piece.slice(0, end), piece.slice(end)] : [piece, ''];
}

/**
 * The text, or as much of its two ends as fits about an ellipsis: layer names differ at their ends
 * ("block_12_expand_relu"). Empty when not even one character a side fits.
 */
export function shortenText(text: string, width: number, fontSize: number, weight: FontWeight = 400): string {
  const characters = [...text];
  const before = [0];
  for (const character of characters) before.push(before[before.length - 1] + unitsOf(character));
  const all = before[characters.length];
  if (pixelsOf(all, fontSize, weight) <= width) return text;
  for (let kept = characters.length - 1; kept >= 2; kept--) {
    const head = Math.ceil(kept * 0.6);
    const tail = characters.length - (kept - head);
    if (pixelsOf(before[head] + ELLIPSIS + all - before[tail], fontSize, weight) <= width)
      return `${characters.slice(0, head).join('')}…${characters.slice(tail).join('')}`;
  }
  return '';
}

/** Font as the canvas takes it. */
export function canvasFont(family: string, fontSize: number, weight: FontWeight = 400): string {
  return `${weight} ${fontSize}px ${family}`;
}

/** Weight and size in pixels of such a font. */
export function parseFont(font: string): { weight: number; size: number } {
  const match = /^(\d+) ([\d.]+)px /.exec(font);
  if (!match) throw new Error(say('"{font}" is no font of a figure', { font }));
  return { weight: Number(match[1]), size: Number(match[2]) };
}
