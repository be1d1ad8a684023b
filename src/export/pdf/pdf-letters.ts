import type { jsPDF } from 'jspdf';
import { encodeBase64 } from '../../codecs/base64-float32';
import { type PdfFontPart, type PdfWeight, pdfFont, pdfFontParts } from './pdf-fonts';

/** A run of letters of one font. */
export interface Run {
  text: string;
  /** Name of the font in the document; null where no part of Inter has these letters, such as Chinese ones. */
  font: string | null;
}

export type FontRun = Run & { font: string };

/** What jsPDF knows of a TrueType font, as far as it is asked here. */
interface Metadata {
  characterToGlyph(code: number): number;
}

/** Inter inside a PDF document: parts of it are taken in as letters ask for them. */
export interface Letters {
  /** The text as runs of letters that one font has. @throws Error where a font cannot be had */
  runs(text: string, weight: PdfWeight): Promise<Run[]>;
  /** A run of letters that no font has, as one that stands for it. */
  replaced(run: Run): FontRun;
  /** Width of a run in ems. */
  width(run: FontRun, weight: PdfWeight): number;
}

/** Stands for a letter that no part of Inter has, where it cannot be drawn. */
const replacement = '?';

export function lettersOf(document: jsPDF): Letters {
  const known = new Map<string, Promise<Metadata>>();
  const nameOf = (part: PdfFontPart) => `Inter ${part}`;
  const take = (part: PdfFontPart, weight: PdfWeight): Promise<Metadata> => {
    const key = `${part} ${weight}`;
    const taken = known.get(key) ?? add(part, weight);
    known.set(key, taken);
    return taken;
  };
  const add = async (part: PdfFontPart, weight: PdfWeight): Promise<Metadata> => {
    const file = `inter-${part}-${weight}.ttf`;
    document.addFileToVFS(file, encodeBase64(await pdfFont(part, weight)));
    document.addFont(file, nameOf(part), 'normal', weight);
    use(nameOf(part), weight);
    return (document.getFont() as unknown as { metadata: Metadata }).metadata;
  };
  const use = (name: string, weight: PdfWeight) => document.setFont(name, 'normal', weight);
  const written = async (character: string, weight: PdfWeight): Promise<Run> => {
    for (const part of pdfFontParts) {
      const metadata = await take(part, weight);
      if (metadata.characterToGlyph(character.codePointAt(0)!) > 0)
        return { text: character, font: nameOf(part) };
    }
    return { text: character, font: null };
  };

  return {
    async runs(text, weight) {
      const runs: Run[] = [];
      for (const character of text) {
        const run = await written(character, weight);
        const last = runs.at(-1);
        if (last?.font === run.font) last.text += run.text;
        else runs.push(run);
      }
      return runs;
    },
    replaced: ({ text }) => ({ text: replacement.repeat([...text].length), font: nameOf('latin') }),
    width({ text, font }, weight) {
      use(font, weight);
      return document.getStringUnitWidth(text, { kerning: false } as never);
    },
  };
}
