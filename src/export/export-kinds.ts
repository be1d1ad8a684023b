/** Ways in which a figure can leave the page. */
export type ExportKind = RasterKind | 'svg' | 'pdf' | 'csv';
export type RasterKind = 'png' | 'png-2x' | 'png-300';

export const rasterKinds: readonly RasterKind[] = ['png', 'png-2x', 'png-300'];
