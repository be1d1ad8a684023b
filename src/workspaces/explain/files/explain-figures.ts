import { loadCode } from '../../../code/missing-code';
import { nullShuffles } from '../../../engine/measure/null-shuffles';
import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import {
  drawFilmStrip,
  drawSaliency,
  entropyChart,
  entropyChartHeight,
  filmStripLayoutOf,
  saliencyHeight,
} from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import {
  entropyChartData,
  entropyRows,
  explainedInWords,
  filmStripData,
  measuredInWords,
  movingOutlines,
  saliencyData,
} from '../view-model';

/** Widths of exported figures in CSS pixels: a column and a page of a paper at 96 dpi. */
const columnWidth = 480;
export const pageWidth = 1120;

type Unnamed = Omit<FigureExport, 'name' | 'text'>;

/** The large picture, with its colour bar and a caption. */
export const exportSaliency = (state: ExplainState): Promise<FigureExport> => {
  const data = saliencyData(state);
  if (!data) return nothing();
  const { signs, settings, layer } = state;
  const outlined = signs && settings.outlines;
  const outlines = outlined
    ? ` Outlines: its ${counted(signs.layers[layer].signs.length, 'sign')} (tau ${settings.tau}, theta ${settings.theta}), in the colour of the final sign they become part of, grey if none.`
    : '';
  const captioned = {
    ...data,
    outlines: outlined ? { signs: movingOutlines(signs), position: layer } : null,
    caption: `${explainedInWords(state)} Layer ${data.layer}, ${size(data.map)}.${outlines}`,
  };
  return complete(state, data.layer, {
    title: `Saliency of ${data.layer}`,
    size: { width: columnWidth, height: saliencyHeight(columnWidth, captioned) },
    draw: (context, at, theme) => drawSaliency(context, captioned, at, theme),
  });
};

/** All layers with their entropies. */
export const exportFilmStrip = (state: ExplainState): Promise<FigureExport> => {
  const data = filmStripData(state);
  if (!data) return nothing();
  const scale =
    state.settings.scaling === 'global' ? 'one scale over all layers' : 'each layer on its own scale';
  const captioned = {
    ...data,
    selected: null,
    caption: `${explainedInWords(state)} Below each layer its size and entropy: ${measuredInWords(state)}; ${scale}.`,
  };
  return complete(state, 'all-layers', {
    title: 'All layers',
    size: { width: pageWidth, height: filmStripLayoutOf(captioned, pageWidth).height },
    draw: (context, at, theme) => drawFilmStrip(context, captioned, at, theme),
  });
};

/** Entropy by layer with its null model. */
export const exportEntropy = (state: ExplainState): Promise<FigureExport> => {
  const data = entropyChartData(state);
  if (!data) return nothing();
  const captioned = {
    ...data,
    selected: null,
    layerNames: true,
    caption: `${explainedInWords(state)} ${measuredInWords(state)}. Band: the same maps with shuffled pixels, mean ± 2 sd of ${nullShuffles}.`,
  };
  const at = { width: pageWidth, height: entropyChartHeight(pageWidth, captioned) + 100 };
  return complete(state, `entropy-${state.settings.measure}`, {
    title: 'Spatial entropy by layer',
    size: at,
    svg: (owner, theme) => entropyChart(owner, captioned, at, theme),
    rows: () => entropyRows(state),
  });
};

const size = ({ width, height }: { width: number; height: number }) => `${width} × ${height}`;

/** The figure with its name and the analysis it carries. */
export async function complete(state: ExplainState, part: string, figure: Unnamed): Promise<FigureExport> {
  const [{ analysisOf, withoutExtension }, { serialiseAnalysis, withoutMaps }] = await Promise.all([
    loadCode(() => import('./analysis-of')),
    loadCode(() => import('../../../export')),
  ]);
  const analysis = analysisOf(state);
  return {
    ...figure,
    name: [withoutExtension(analysis.image.name), analysis.settings.method, part],
    text: serialiseAnalysis(withoutMaps(analysis)),
  };
}
