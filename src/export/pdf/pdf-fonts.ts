import cyrillic400 from '@fontsource/inter/files/inter-cyrillic-400-normal.woff?url';
import cyrillic600 from '@fontsource/inter/files/inter-cyrillic-600-normal.woff?url';
import greek400 from '@fontsource/inter/files/inter-greek-400-normal.woff?url';
import greek600 from '@fontsource/inter/files/inter-greek-600-normal.woff?url';
import latin400 from '@fontsource/inter/files/inter-latin-400-normal.woff?url';
import latin600 from '@fontsource/inter/files/inter-latin-600-normal.woff?url';
import latinExtended400 from '@fontsource/inter/files/inter-latin-ext-400-normal.woff?url';
import latinExtended600 from '@fontsource/inter/files/inter-latin-ext-600-normal.woff?url';
import vietnamese400 from '@fontsource/inter/files/inter-vietnamese-400-normal.woff?url';
import vietnamese600 from '@fontsource/inter/files/inter-vietnamese-600-normal.woff?url';
import { sfntOfWoff } from '../../codecs/woff';

/** Weights that figures are lettered in. */
export type PdfWeight = 400 | 600;

/**
 * Inter in parts, one a script, in the order in which a letter is looked for. The page's own Inter is one variable font, which
 * PDF has no place for; these are the same drawings at the two weights that figures use.
 */
const parts = [
  { name: 'latin', files: { 400: latin400, 600: latin600 } },
  { name: 'latin-ext', files: { 400: latinExtended400, 600: latinExtended600 } },
  { name: 'greek', files: { 400: greek400, 600: greek600 } },
  { name: 'cyrillic', files: { 400: cyrillic400, 600: cyrillic600 } },
  { name: 'vietnamese', files: { 400: vietnamese400, 600: vietnamese600 } },
] as const;

export const pdfFontParts = parts.map(({ name }) => name);

export type PdfFontPart = (typeof parts)[number]['name'];

const loaded = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * A part of Inter as a TrueType font, fetched once.
 * @throws Error where it cannot be had
 */
export function pdfFont(part: PdfFontPart, weight: PdfWeight): Promise<Uint8Array<ArrayBuffer>> {
  const address = parts.find(({ name }) => name === part)!.files[weight];
  const known = loaded.get(address) ?? load(address);
  loaded.set(address, known);
  known.catch(() => loaded.delete(address));
  return known;
}

async function load(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`its typeface could not be loaded (HTTP ${response.status})`);
  return sfntOfWoff(new Uint8Array(await response.arrayBuffer()));
}
