import type { FigureExport } from '../../../export';
import type { PrintLook } from '../../../export/print-look';
import { drawMethodMatrix, drawMethodTiles, methodMatrixLayout, methodTilesLayout } from '../../../figures';
import type { ComparisonState } from '../../../state/comparison-store';
import type { ExplainState } from '../../../state/explain-store';
import { captionIn, complete, pageWidth } from '../files/explain-figures';
import { measuredInWords } from '../view-model';
import { comparedInWords, comparisonRows, methodMatrixData, methodTilesData } from './comparison-view';

/** One layer by all methods that were computed for it. */
export const exportMethodTiles = (
  comparison: ComparisonState,
  state: ExplainState,
  print?: PrintLook,
): Promise<FigureExport> => {
  const width = print?.width ?? pageWidth;
  const data = methodTilesData(comparison, state);
  const layer = comparison.of?.layers[state.layer];
  const name = layer?.name ?? '';
  const caption = `${comparedInWords(comparison, state)} Layer ${name}, ${layer?.map.width} × ${layer?.map.height}; each map on its own scale. Entropy: ${measuredInWords(state)}. Linear (Pearson) and rank (Spearman) correlation with the reference, over the layer’s own values.`;
  const captioned = {
    ...data,
    selected: null,
    tiles: data.tiles.filter(({ map }) => map !== null),
    caption: captionIn(caption, print),
  };
  return complete(state, `methods-${name}`, {
    title: `Saliency methods of ${name}`,
    caption,
    size: { width, height: methodTilesLayout(width, captioned).height },
    draw: (context, at, theme) => drawMethodTiles(context, captioned, at, theme),
    rows: () => comparisonRows(comparison, state.layer),
  });
};

/** All layers by all methods that were computed for any. */
export const exportMethodMatrix = (
  comparison: ComparisonState,
  state: ExplainState,
  print?: PrintLook,
): Promise<FigureExport> => {
  const width = print?.width ?? pageWidth;
  const data = methodMatrixData(comparison, state);
  const caption = `${comparedInWords(comparison, state)} Each map on its own scale, its entropy below: ${measuredInWords(state)}.`;
  const captioned = {
    ...data,
    selected: null,
    rows: data.rows.filter(({ maps }) => maps.some(({ map }) => map !== null)),
    caption: captionIn(caption, print),
  };
  return complete(state, 'methods', {
    title: 'Saliency methods by layer',
    caption,
    size: { width, height: methodMatrixLayout(width, captioned).height },
    draw: (context, at, theme) => drawMethodMatrix(context, captioned, at, theme),
    rows: () => comparisonRows(comparison, null),
  });
};
