import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pdfFont, pdfFontParts } from '../../src/export/pdf/pdf-fonts';
import { installs } from '../optional-package';

let fonts: Promise<string[]> | undefined;

/**
 * A PNG file of an SVG, so many pixels wide, by resvg.
 * @throws Error where resvg is not installed
 */
export async function rasterise(svg: string, width: number): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js').catch(() => {
    throw new Error(
      `PNG files are drawn by the package @resvg/resvg-js, which is not here. One command installs it: \`${installs('@resvg/resvg-js')}\`. SVG and PDF need nothing more.`,
    );
  });
  fonts ??= fontFiles();
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      fontFiles: await fonts,
      loadSystemFonts: true,
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
    },
  });
  return drawing.render().asPng();
}

/** Inter as files, which resvg reads fonts from. */
async function fontFiles(): Promise<string[]> {
  const folder = path.join(tmpdir(), 'supersign-fonts');
  mkdirSync(folder, { recursive: true });
  const wanted = pdfFontParts.flatMap((part) => ([400, 600] as const).map((weight) => ({ part, weight })));
  return Promise.all(
    wanted.map(async ({ part, weight }) => {
      const bytes = await pdfFont(part, weight);
      const mark = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
      const file = path.join(folder, `inter-${part}-${weight}-${mark}.ttf`);
      if (!existsSync(file)) {
        // Several processes may write it at once.
        writeFileSync(`${file}.${process.pid}`, bytes);
        renameSync(`${file}.${process.pid}`, file);
      }
      return file;
    }),
  );
}
