import { type Context2D, type FigureSize, type FigureTheme, figureThemes } from '../figures';

/** A figure that can leave the page. Raster figures have `draw`, vector figures `svg`. */
export interface FigureExport {
  /** Parts of the file name, such as "golf ball", "grad-cam", "conv4_3". */
  readonly name: readonly string[];
  readonly title: string;
  /** CSS pixels. */
  readonly size: FigureSize;
  draw?(ctx: Context2D, size: FigureSize, theme: FigureTheme): void;
  svg?(document: Document, theme: FigureTheme): SVGSVGElement;
  /** The numbers behind the figure, one record a row. */
  rows?(): Record<string, string | number | null>[];
  /** The analysis without its maps, as JSON: what the PNG carries. */
  readonly text: string;
}

export type ExportKind = 'png' | 'png-2x' | 'png-300' | 'svg' | 'csv';

export interface RenderedFigure {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
  readonly fileName: string;
}

/** The kinds this figure can be exported as, in the order of the menu. */
export function exportKinds(figure: FigureExport): ExportKind[] {
  const kinds: ExportKind[] = ['png', 'png-2x', 'png-300'];
  if (figure.svg) kinds.push('svg');
  if (figure.rows) kinds.push('csv');
  return kinds;
}

/** Renders a figure to a file; on the light theme unless told otherwise. */
export async function renderFigure(
  figure: FigureExport,
  kind: ExportKind,
  theme: FigureTheme = figureThemes.light,
): Promise<RenderedFigure> {
  throw new Error(`${figure}${kind}${theme}`);
}
