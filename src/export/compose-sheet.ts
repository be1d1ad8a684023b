import {
  type FigureTheme,
  figureSheet,
  type PageFormat,
  type SheetContent,
  type SheetPanel,
  sheetLayout,
} from '../figures';

/** A figure as a sheet takes it. */
export interface SheetPart {
  panel: Omit<SheetPanel, 'id'>;
  /** `theme` is the sheet's; `ratio` the device pixels for a pixel of the figure, for what is drawn as a raster. */
  content(theme: FigureTheme, ratio: number): SheetContent;
}

/** The sheet of these figures as it is laid out, and how to draw it; null where there are none. */
export function composeSheet(
  parts: readonly ({ id: string } & SheetPart)[],
  format: PageFormat,
  words: { heading: string; footer: string },
) {
  if (parts.length === 0) return null;
  const layout = sheetLayout(
    parts.map(({ id, panel }) => ({ id, ...panel })),
    format,
    words,
  );
  /** @param dpi resolution of the raster parts on the page */
  const draw = (theme: FigureTheme, dpi: number) => {
    const ratio = (layout.scale * dpi) / 96;
    const contents = new Map(parts.map(({ id, content }) => [id, content(theme, ratio)]));
    return figureSheet(document, layout, contents, theme);
  };
  return { layout, draw };
}

/** Resolution of raster parts in a file, which is what print asks for, whatever the file's own; and in a preview. */
export const sheetDpi = { printed: 300, previewed: 144 };
