import type { FigureExport } from '../../src/export';
import { annotatePng } from '../../src/export/png';
import {
  type PrintKind,
  type PrintOptions,
  printedSize,
  printedSvg,
  printedTexts,
  printFigure,
} from '../../src/export/print-figure';
import { layoutWidth } from '../../src/export/print-look';
import { svgDocument } from '../../src/export/svg';
import type { ComparisonState } from '../../src/state/comparison-store';
import type { ExplainState } from '../../src/state/explain-store';
import {
  exportMethodMatrix,
  exportMethodTiles,
} from '../../src/workspaces/explain/compare/export-comparison';
import { conceptsOfLayer, type KnownConcepts } from '../../src/workspaces/explain/concepts/concepts-view';
import { exportConcepts } from '../../src/workspaces/explain/concepts/export-concepts';
import {
  exportEntropy,
  exportFilmStrip,
  exportSaliency,
} from '../../src/workspaces/explain/files/explain-figures';
import { exportDecisionCard } from '../../src/workspaces/explain/files/export-decision';
import { exportChange, exportFlow } from '../../src/workspaces/explain/files/export-flow';
import { exportTree } from '../../src/workspaces/explain/files/export-tree';
import { drawable, exportSheet, type sheetFigures } from '../../src/workspaces/explain/files/sheet-figures';
import { greatestTree } from '../../src/workspaces/explain/signs/tree-view';
import type { DrawnFigure } from './figure-names';
import { rasterise } from './rasterise';

/** What is drawn of every picture, and how. */
export interface DrawOrder {
  figures: readonly DrawnFigure[];
  kinds: readonly PrintKind[];
  print: PrintOptions & { caption: boolean };
  /** Layers that have a figure of their own, heat maps or tiles: all, the last, or by their names. */
  layers: 'all' | 'last' | readonly string[];
}

/** A figure's file and its content. */
export type DrawnFile = [name: string, content: Uint8Array];

/** What figures are drawn of: a picture explained, and the methods beside each other where they were compared. */
export interface Drawn {
  state: ExplainState;
  comparison: ComparisonState | null;
  /** The concepts of its layers, where they are asked for. */
  concepts: KnownConcepts | null;
}

/** Draws the figures of a picture; what a picture has nothing for, such as a tree where there is no sign, is left out. */
export async function drawFigures(drawn: Drawn, order: DrawOrder): Promise<DrawnFile[]> {
  const files: DrawnFile[] = [];
  for (const { name, figure } of await chosen(drawn, order)) {
    for (const kind of order.kinds) files.push([`${name}.${kind}`, await bytesOf(figure, kind, order.print)]);
  }
  return files;
}

async function chosen(
  { state, comparison, concepts }: Drawn,
  { figures, print, layers }: DrawOrder,
): Promise<{ name: string; figure: FigureExport }[]> {
  const look = { width: layoutWidth(print), caption: print.caption };
  const root = state.signs && greatestTree(state.signs);
  type Wanted = { name: string; figure: Promise<FigureExport> }[];
  const ofLayers = (
    figure: DrawnFigure,
    draw: (shown: ExplainState) => Promise<FigureExport>,
    has: (layer: number) => boolean = () => true,
  ): Wanted =>
    shownLayers(state, layers)
      .filter(has)
      .map((layer) => ({
        name: `${figure}-${safe(state.analysis?.layers[layer].name ?? '')}`,
        figure: draw({ ...state, layer, position: layer }),
      }));
  const named = (figure: DrawnFigure): Wanted => {
    switch (figure) {
      case 'heat':
        return ofLayers(figure, (shown) => exportSaliency(shown, look));
      case 'strip':
        return [{ name: figure, figure: exportFilmStrip(state, look) }];
      case 'entropy':
        return [{ name: figure, figure: exportEntropy(state, look) }];
      case 'change':
        return [{ name: figure, figure: exportChange(state, look) }];
      case 'flow':
        return [{ name: figure, figure: exportFlow(state, look) }];
      case 'tree':
        return root ? [{ name: figure, figure: exportTree(state, root, look) }] : [];
      case 'card':
        return [{ name: figure, figure: exportDecisionCard(state, look) }];
      case 'concepts':
        // What lies at the picture itself is no layer that could be factorised.
        return concepts
          ? ofLayers(
              figure,
              (shown) => exportConcepts(shown, concepts, look),
              (layer) => conceptsOfLayer({ ...state, layer }, concepts) !== null,
            )
          : [];
      case 'sheet': {
        const all = drawable(state).filter((id) => sheetParts.includes(id));
        return [{ name: figure, figure: exportSheet(state, all, 'a4-portrait') }];
      }
      case 'matrix':
        return comparison ? [{ name: figure, figure: exportMethodMatrix(comparison, state, look) }] : [];
      case 'tiles':
        return comparison ? ofLayers(figure, (shown) => exportMethodTiles(comparison, shown, look)) : [];
    }
  };
  return Promise.all(
    figures.flatMap(named).map(async ({ name, figure }) => ({ name, figure: await figure })),
  );
}

/** What a sheet of the command line holds: what the page's holds at first. */
const sheetParts: readonly (keyof typeof sheetFigures)[] = ['saliency', 'layers', 'entropy', 'flow'];

function shownLayers({ analysis, layer }: ExplainState, layers: DrawOrder['layers']): number[] {
  const all = analysis?.layers ?? [];
  if (layers === 'last') return [layer];
  return all.filter(({ name }) => layers === 'all' || layers.includes(name)).map(({ index }) => index);
}

/** A layer's name as a part of a file's name. */
const safe = (name: string) => name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);

async function bytesOf(figure: FigureExport, kind: PrintKind, print: PrintOptions): Promise<Uint8Array> {
  // A sheet has the size of its page.
  const options = figure.page ? { ...print, letters: 7.5 } : print;
  if (kind !== 'png') return (await printFigure(figure, kind, options)).bytes;
  const { width } = printedSize(figure, options);
  const svg = printedSvg(figure, options);
  // The file of the heavier weight is a family of its own.
  for (const heavy of svg.querySelectorAll('[font-weight="600"]')) {
    heavy.setAttribute('font-family', 'Inter SemiBold');
    heavy.setAttribute('font-weight', '400');
  }
  const png = await rasterise(svgDocument(svg), Math.round((width / 72) * print.dpi));
  return annotatePng(png, { dpi: print.dpi, text: printedTexts(figure) });
}
