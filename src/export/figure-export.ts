import { loadCode } from '../code/missing-code';
import { csv } from '../codecs/csv';
import { type Context2D, drawnAsSvg, type FigureSize, type FigureTheme, printTheme } from '../figures';
import { say } from '../text/say';
import { ANALYSIS_KEYWORD } from './analysis-schema';
import { type ExportKind, type RasterKind, rasterKinds } from './export-kinds';
import { fileName } from './file-name';
import { figureFonts, interFontFace } from './font-face';
import { inPage } from './in-page';
import { canvasToPng } from './png';
import { rasteriseSvg, svgDocument } from './svg';

/** A figure that can leave the page: figures on a canvas have `draw`, those of vectors `svg`; either leaves as any kind. */
export interface FigureExport {
  /** Parts of the file name, such as "golf ball", "grad-cam", "conv4_3". */
  readonly name: readonly string[];
  readonly title: string;
  /** What the figure shows and by what, for the text beside it. */
  readonly caption?: string;
  /** CSS pixels. */
  readonly size: FigureSize;
  /** Whether it is a page of paper, whose size is given. */
  readonly page?: boolean;
  draw?(ctx: Context2D, size: FigureSize, theme: FigureTheme): void;
  svg?(document: Document, theme: FigureTheme): SVGSVGElement;
  /** The numbers behind the figure, one record a row. */
  rows?(): Record<string, string | number | null>[];
  /** The analysis without its maps, as JSON: what the PNG carries. */
  readonly text: string;
}

/** A CSS pixel is 1/96 inch: at these resolutions the figure prints at the size it has on the page. */
const CSS_DPI = 96;
/** Points a CSS pixel. */
const POINTS = 72 / CSS_DPI;
/** Resolution of what is a raster inside a vector file. */
const INNER_DPI = 300;
const resolutions: Record<RasterKind, number> = { png: 96, 'png-2x': 192, 'png-300': 300 };

/** What every figure can leave as. */
export interface RenderedFigure {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
  readonly fileName: string;
}

/** The kinds this figure can be exported as, in the order of the menu. */
export function exportKinds(figure: Pick<FigureExport, 'draw' | 'svg' | 'rows'>): ExportKind[] {
  const kinds: ExportKind[] = [];
  if (figure.draw || figure.svg) kinds.push(...rasterKinds, 'svg', 'pdf');
  if (figure.rows) kinds.push('csv');
  return kinds;
}

/** Renders a figure to a file; on white paper unless told otherwise, for it is going to be printed. */
export async function renderFigure(
  figure: FigureExport,
  kind: ExportKind,
  theme: FigureTheme = printTheme,
): Promise<RenderedFigure> {
  if (!exportKinds(figure).includes(kind))
    throw new Error(say('"{title}" cannot be exported as {kind}.', { title: figure.title, kind }));
  if (kind === 'csv') {
    return { bytes: utf8(csv(figure.rows!())), mime: 'text/csv', fileName: fileName(figure.name, 'csv') };
  }
  if (kind === 'svg') {
    return {
      bytes: utf8(await svgText(figure, theme)),
      mime: 'image/svg+xml',
      fileName: fileName(figure.name, 'svg'),
    };
  }
  if (kind === 'pdf') {
    const { figurePdf } = await loadCode(() => import('./pdf/figure-pdf'));
    const size = { width: figure.size.width * POINTS, height: figure.size.height * POINTS };
    const bytes = await figurePdf(figureSvg(figure, theme), size, {
      title: figure.title,
      paper: theme.paper,
    });
    return { bytes, mime: 'application/pdf', fileName: fileName(figure.name, 'pdf') };
  }
  const dpi = resolutions[kind];
  const canvas = await raster(figure, dpi / CSS_DPI, theme);
  const text = { Title: figure.title, Software: 'Supersign', [ANALYSIS_KEYWORD]: figure.text };
  const bytes = await canvasToPng(canvas, { dpi, text });
  return { bytes, mime: 'image/png', fileName: fileName(figure.name, 'png') };
}

/**
 * The figure as SVG: what is drawn on a canvas is drawn as vectors, with rasters inside.
 * @param ratio pixels of those rasters for a pixel of the figure
 */
export function figureSvg(
  figure: FigureExport,
  theme: FigureTheme,
  ratio = INNER_DPI / CSS_DPI,
): SVGSVGElement {
  const { draw, svg, size, title } = figure;
  if (svg) return svg(document, theme);
  const words = { title, description: '' };
  return drawnAsSvg(document, size, theme, words, {
    draw: (context) => draw?.(context, size, theme),
    ratio,
  });
}

async function svgText(figure: FigureExport, theme: FigureTheme): Promise<string> {
  return svgDocument(figureSvg(figure, theme), { fontFace: await interFontFace() });
}

async function raster(figure: FigureExport, scale: number, theme: FigureTheme): Promise<HTMLCanvasElement> {
  const { size } = figure;
  if (!figure.draw) return rasteriseSvg(await svgText(figure, theme), size.width, size.height, scale);
  await figureFonts(document);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext('2d');
  if (!context)
    throw new Error(
      say('This browser offers no canvas of {width} x {height} pixels.', {
        width: canvas.width,
        height: canvas.height,
      }),
    );
  context.scale(canvas.width / size.width, canvas.height / size.height);
  const leave = inPage(canvas);
  try {
    figure.draw(context, size, theme);
  } finally {
    leave();
  }
  return canvas;
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
