import type { FigureExport } from '../../../export';
import type { PrintLook } from '../../../export/print-look';
import { drawMethodMatrix, drawMethodTiles, methodMatrixLayout, methodTilesLayout } from '../../../figures';
import type { ComparisonState } from '../../../state/comparison-store';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
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
  const caption = say(
    '{comparison} Layer {name}, {width} × {height}; each map on its own scale. Entropy: {measured}. Linear (Pearson) and rank (Spearman) correlation with the reference, over the layer’s own values.',
    {
      comparison: comparedInWords(comparison, state),
      name,
      width: layer?.map.width,
      height: layer?.map.height,
      measured: measuredInWords(state),
    },
  );
  const captioned = {
    ...data,
    selected: null,
    tiles: data.tiles.filter(({ map }) => map !== null),
    caption: captionIn(caption, print),
  };
  return complete(state, `methods-${name}`, {
    title: say('Saliency methods of {name}', { name }),
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
  const caption = say('{comparison} Each map on its own scale, its entropy below: {measured}.', {
    comparison: comparedInWords(comparison, state),
    measured: measuredInWords(state),
  });
  const captioned = {
    ...data,
    selected: null,
    rows: data.rows.filter(({ maps }) => maps.some(({ map }) => map !== null)),
    caption: captionIn(caption, print),
  };
  return complete(state, 'methods', {
    title: say('Saliency methods by layer'),
    caption,
    size: { width, height: methodMatrixLayout(width, captioned).height },
    draw: (context, at, theme) => drawMethodMatrix(context, captioned, at, theme),
    rows: () => comparisonRows(comparison, null),
  });
};
