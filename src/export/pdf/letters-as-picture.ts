import { encodeBase64 } from '../../codecs/base64-float32';
import type { PdfWeight } from './pdf-fonts';

/** Letters as a picture, in ems of their size. */
export interface LetterPicture {
  /** A PNG with nothing behind the letters, as a data address. */
  readonly href: string;
  readonly width: number;
  readonly height: number;
  /** From the picture's upper edge to the line that letters stand on. */
  readonly ascent: number;
}

/** Pixels an em: at 7 points a thousand an inch. */
const sharpness = 100;
const box = { ascent: 1.05, height: 1.45 };

/**
 * Letters that none of the fonts of a file has, as the browser draws them: Chinese, Arabic, and all other scripts that figures meet in
 * names and labels.
 * @returns null where there is no canvas to draw on
 */
export async function letterPicture(
  text: string,
  weight: PdfWeight,
  colour: string,
): Promise<LetterPicture | null> {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const font = `${weight} ${sharpness}px 'Inter Variable', system-ui, sans-serif`;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.font = font;
  const width = Math.max(1, Math.ceil(context.measureText(text).width));
  canvas.width = width;
  canvas.height = box.height * sharpness;
  // A canvas of another size has forgotten its font.
  context.font = font;
  context.fillStyle = colour;
  context.fillText(text, 0, box.ascent * sharpness);
  const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return { href: `data:image/png;base64,${encodeBase64(png)}`, width: width / sharpness, ...box };
}
