import { loadCode } from '../../code/missing-code';
import { ownIds } from '../own-ids';
import { lettersOf } from './pdf-letters';
import { mixed, prepared } from './prepare-svg';

/** Points of a page. */
export interface PdfSize {
  width: number;
  height: number;
}

/** A figure as a PDF file of one page of its own size; see {@link pagesPdf}. */
export const figurePdf = (
  svg: SVGSVGElement,
  size: PdfSize,
  words: { title: string; paper: string },
): Promise<Uint8Array<ArrayBuffer>> => pagesPdf([svg], size, words);

/**
 * Figures as the pages of a PDF file: lines and letters are vectors, letters are those of Inter, embedded as far as they are used, and
 * can be searched and copied; every raster is in it once, on however many pages. Converted by svg2pdf.js over jsPDF.
 * @param svgs are left as they are
 * @param size of every page
 * @param paper colour under parts that let shine through
 * @throws Error where a font cannot be had
 */
export async function pagesPdf(
  svgs: readonly SVGSVGElement[],
  size: PdfSize,
  { title, paper }: { title: string; paper: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const [{ jsPDF }, { svg2pdf }] = await Promise.all([
    loadCode(() => import('jspdf')),
    loadCode(() => import('svg2pdf.js/dist/svg2pdf.es.min.js')),
  ]);
  const format = [size.width, size.height];
  const orientation = size.width > size.height ? 'landscape' : 'portrait';
  const pdf = new jsPDF({ unit: 'pt', format, orientation, compress: true, putOnlyUsedFonts: true });
  pdf.setProperties({ title, creator: 'Supersign' });
  const letters = lettersOf(pdf);
  for (const [page, svg] of svgs.entries()) {
    if (page > 0) pdf.addPage(format, orientation);
    const copy = await prepared(svg, letters, (colour, share) => mixed(colour, paper, share));
    // The converter keeps what it has drawn by its id, whatever the page.
    if (page > 0) ownIds(copy, `p${page}-`);
    // It asks the document for styles: what is converted has to be in it.
    const holder = copy.ownerDocument.createElement('div');
    holder.setAttribute('style', 'position:absolute;visibility:hidden;width:0;height:0;overflow:hidden');
    holder.append(copy);
    copy.ownerDocument.body.append(holder);
    try {
      await svg2pdf(copy, pdf, { x: 0, y: 0, ...size });
    } finally {
      holder.remove();
    }
  }
  return new Uint8Array(pdf.output('arraybuffer'));
}
