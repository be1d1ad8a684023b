import { loadCode } from '../code/missing-code';
import { printTheme } from '../figures';
import { ANALYSIS_KEYWORD } from './analysis-schema';
import { type FigureExport, figureSvg, type RenderedFigure } from './figure-export';
import { fileName } from './file-name';
import { interFontFace } from './font-face';
import { canvasToPng } from './png';
import { type PrintSize, pointsAPixel } from './print-look';
import { rasteriseSvg, svgDocument } from './svg';

export type PrintKind = 'png' | 'svg' | 'pdf';

export interface PrintOptions extends PrintSize {
  paper: 'white' | 'transparent';
  /** Pixels an inch of a PNG, and of rasters inside SVG and PDF. */
  dpi: number;
}

/** Size in points of a figure that is laid out for print. */
export const printedSize = ({ size }: Pick<FigureExport, 'size'>, options: PrintSize) => ({
  width: size.width * pointsAPixel(options),
  height: size.height * pointsAPixel(options),
});

/** A figure that is laid out for print as SVG, its size in points. */
export function printedSvg(figure: FigureExport, options: PrintOptions): SVGSVGElement {
  const ratio = (options.dpi * pointsAPixel(options)) / 72;
  const svg = figureSvg(figure, printTheme, ratio);
  const { width, height } = printedSize(figure, options);
  svg.setAttribute('width', `${rounded(width)}pt`);
  svg.setAttribute('height', `${rounded(height)}pt`);
  if (options.paper === 'transparent') removeGround(svg, figure.size.width);
  return svg;
}

const rounded = (points: number) => Math.round(points * 1000) / 1000;

/** Takes away the paper that lies under a whole figure; rims of paper about letters stay. */
function removeGround(svg: SVGSVGElement, width: number): void {
  for (const rect of svg.querySelectorAll(`rect[fill="${printTheme.paper}"]`)) {
    if (Number(rect.getAttribute('width')) >= Math.floor(width)) rect.remove();
  }
}

/** The file of a figure that is laid out for print. */
export async function printFigure(
  figure: FigureExport,
  kind: PrintKind,
  options: PrintOptions,
): Promise<RenderedFigure> {
  const svg = printedSvg(figure, options);
  const size = printedSize(figure, options);
  const name = fileName(figure.name, kind);
  if (kind === 'svg') {
    const text = svgDocument(svg, { fontFace: await interFontFace() });
    return { bytes: new TextEncoder().encode(text), mime: 'image/svg+xml', fileName: name };
  }
  if (kind === 'pdf') {
    const { figurePdf } = await loadCode(() => import('./pdf/figure-pdf'));
    const bytes = await figurePdf(svg, size, { title: figure.title, paper: printTheme.paper });
    return { bytes, mime: 'application/pdf', fileName: name };
  }
  const text = svgDocument(svg, { fontFace: await interFontFace() });
  const canvas = await rasteriseSvg(text, size.width, size.height, options.dpi / 72);
  const bytes = await canvasToPng(canvas, { dpi: options.dpi, text: printedTexts(figure) });
  return { bytes, mime: 'image/png', fileName: name };
}

/** What a PNG file says of its figure. */
export const printedTexts = ({ title, caption, text }: FigureExport): Record<string, string> => ({
  Title: title,
  ...(caption ? { Description: caption } : {}),
  Software: 'Supersign',
  [ANALYSIS_KEYWORD]: text,
});
