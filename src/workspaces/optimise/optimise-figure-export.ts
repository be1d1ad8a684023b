import type { FigureExport } from '../../export';
import type { FigureSize, FigureTheme } from '../../figures';
import { formatOptimise } from './optimise-settings';
import { useOptimise } from './optimise-store';

/** Width of an exported figure in CSS pixels: a page of a paper at 96 dpi, or a column of it. */
export const pageWidth = 1120;
export const columnWidth = 480;

/** A vector figure of this workspace, with the address that says how it came about. */
export function optimiseFigure(figure: {
  title: string;
  /** What the file is called: in English, whatever the page speaks. */
  name: string;
  size: FigureSize;
  svg(owner: Document, theme: FigureTheme): SVGSVGElement;
  rows(): Record<string, string | number | null>[];
}): Promise<FigureExport> {
  const { settings } = useOptimise.getState();
  const part = figure.name.toLowerCase().replaceAll(' ', '-');
  return Promise.resolve({
    ...figure,
    name: ['optimise', part],
    text: JSON.stringify({
      schema: 'supersign/optimise-figure',
      version: 1,
      address: formatOptimise(settings),
    }),
  });
}
