import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { encodeBase64 } from '../codecs/base64-float32';

/** What was had once; what could not be had is tried again. */
function createFace(): () => Promise<string> {
  let face: Promise<string> | undefined;
  return () => {
    face ??= load().catch(() => {
      face = undefined;
      return '';
    });
    return face;
  };
}

/**
 * The `@font-face` rule that carries Inter inside a file: an SVG drawn as an image may load nothing, and a
 * reader of the file may not have the font. Fetched once; empty when the font cannot be had, so that the file
 * falls back on a system font.
 */
export const interFontFace = createFace();

async function load(): Promise<string> {
  const response = await fetch(interUrl);
  if (!response.ok) throw new Error(`${interUrl}: ${response.status}`);
  const font = encodeBase64(new Uint8Array(await response.arrayBuffer()));
  return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${font}) format('woff2')}`;
}

/** Waits until the page's own Inter can be drawn on a canvas, in the weights figures use. */
export async function figureFonts(document: Document): Promise<void> {
  // jsdom has no font set.
  if (!document.fonts) return;
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 11px 'Inter Variable'`)));
  await document.fonts.ready;
}
