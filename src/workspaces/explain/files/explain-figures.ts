import { loadCode } from '../../../code/missing-code';
import { nullShuffles } from '../../../engine/measure/null-shuffles';
import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import {
  drawFilmRows,
  drawFilmStrip,
  drawSaliency,
  entropyChart,
  entropyChartHeight,
  filmRowsHeight,
  filmStripLayoutOf,
  saliencyHeight,
} from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import {
  entropyChartData,
  entropyRows,
  explainedInWords,
  filmStripData,
  measuredInWords,
  movingOutlines,
  saliencyData,
} from '../view-model';
import { withinRows } from '../within/within-view';

/** Widths of exported figures in CSS pixels: a column and a page of a paper at 96 dpi. */
const columnWidth = 480;
export const pageWidth = 1120;

type Unnamed = Omit<FigureExport, 'name' | 'text'>;

/** The large picture, with its colour bar and a caption. */
export const exportSaliency = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const data = saliencyData(state);
  if (!data) return nothing();
  const { signs, settings, layer } = state;
  const outlined = signs && settings.outlines;
  const outlines = outlined
    ? say(
        ' Outlines: its {signs} (tau {tau}, theta {theta}), in the colour of the final sign they become part of, grey if none.',
        {
          signs: counted(signs.layers[layer].signs.length, 'sign'),
          tau: settings.tau,
          theta: settings.theta,
        },
      )
    : '';
  const caption = say('{explained} Layer {layer}, {map}.{outlines}', {
    explained: explainedInWords(state),
    layer: data.layer,
    map: size(data.map),
    outlines,
  });
  const captioned = {
    ...data,
    outlines: outlined ? { signs: movingOutlines(signs), position: layer } : null,
    caption: captionIn(caption, print),
  };
  const width = print?.width ?? columnWidth;
  return complete(state, data.layer, {
    title: say('Saliency of {layer}', { layer: data.layer }),
    caption,
    size: { width, height: saliencyHeight(width, captioned) },
    draw: (context, at, theme) => drawSaliency(context, captioned, at, theme),
  });
};

/** All layers with their entropies. */
export const exportFilmStrip = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const data = filmStripData(state);
  if (!data) return nothing();
  const scale =
    state.settings.scaling === 'global'
      ? say('one scale over all layers')
      : say('each layer on its own scale');
  const caption = say('{explained} Below each layer its size and entropy: {measured}; {scale}.', {
    explained: explainedInWords(state),
    measured: measuredInWords(state),
    scale,
  });
  const captioned = { ...data, selected: null, caption: captionIn(caption, print) };
  const width = print?.width ?? pageWidth;
  const words = { title: say('All layers'), caption };
  if (!print) {
    return complete(state, 'all-layers', {
      ...words,
      size: { width, height: filmStripLayoutOf(captioned, width).height },
      draw: (context, at, theme) => drawFilmStrip(context, captioned, at, theme),
    });
  }
  return complete(state, 'all-layers', {
    ...words,
    size: { width, height: filmRowsHeight(captioned, width) },
    draw: (context, at, theme) => drawFilmRows(context, captioned, at, theme),
  });
};

/** Entropy by layer with its null model. */
export const exportEntropy = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const data = entropyChartData(state);
  if (!data) return nothing();
  const caption = say(
    '{explained} {measured}. Band: the same maps with shuffled pixels, mean ± 2 sd of {nullShuffles}.',
    { explained: explainedInWords(state), measured: measuredInWords(state), nullShuffles },
  );
  const captioned = {
    ...{ ...data, selected: null, layerNames: true },
    caption: captionIn(caption, print),
  };
  const width = print?.width ?? pageWidth;
  const at = { width, height: entropyChartHeight(width, captioned) + roomier(100, width) };
  return complete(state, `entropy-${state.settings.measure}`, {
    title: say('Spatial entropy by layer'),
    caption,
    size: at,
    svg: (owner, theme) => entropyChart(owner, captioned, at, theme),
    rows: () => withInside(state, entropyRows(state)),
  });
};

/** The rows with what lies inside the marked region, where one is. */
function withInside(
  state: ExplainState,
  rows: ReturnType<typeof entropyRows>,
): ReturnType<typeof entropyRows> {
  if (state.settings.within === '') return rows;
  const inside = withinRows(state);
  return rows.map((row, i) => {
    const { layer: _, name: __, ...numbers } = inside[i];
    return {
      ...row,
      ...Object.fromEntries(
        Object.entries(numbers).map(([key, value]) => [key.replace(/^null_/, 'inside_null_'), value]),
      ),
    };
  });
}

/** The caption where it is to stand in the figure. */
export const captionIn = (caption: string, print?: PrintLook): string | undefined =>
  print && !print.caption ? undefined : caption;

/** Height in pixels that a chart of a page's width has more than it needs, at its own width. */
export const roomier = (height: number, width: number) => Math.round(height * Math.min(1, width / pageWidth));

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
