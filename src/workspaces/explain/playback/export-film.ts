import { nullShuffles } from '../../../engine/measure/null-shuffles';
import { type AnimationExport, figureFonts, interFontFace, rasteriseSvg, svgDocument } from '../../../export';
import {
  drawFilm,
  entropyChart,
  entropyChartLayout,
  type FigureSize,
  type FilmChart,
  type FilmCount,
  figureThemes,
  filmCharts,
  filmSize,
  flowLayout,
  saliencyFrame,
  superizationFlow,
} from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { withoutExtension } from '../files/analysis-of';
import { flowData } from '../signs/flow-view';
import {
  countsInWords,
  curveOf,
  entropyChartData,
  explainedInWords,
  measuredInWords,
  readingAt,
  saliencyFrameData,
} from '../view-model';
import { filmLength, filmPosition } from './player';

/** Charts are drawn once and reduced: sharp at every scale a film is saved at. */
const chartScale = 2;

/** The film through all layers, as it was on screen when it was asked for, on the light theme's paper as all files. */
export async function exportFilm(state: ExplainState): Promise<AnimationExport> {
  const { analysis, picture, settings } = state;
  const data = saliencyFrameData(state, settings);
  if (!analysis || !picture || !data) throw new Error(say('there is nothing to draw yet'));
  const theme = figureThemes.light;
  const count = analysis.layers.length;
  const film = {
    title: withoutExtension(picture.name),
    subtitle: explainedInWords(state, false),
    caption: filmCaption(state),
    layers: analysis.layers.map(({ name }) => name),
    colourMap: settings.colours,
    scaling: settings.scaling,
    aspect: picture.input.width / picture.input.height,
    frame: saliencyFrame(data, theme),
    counts: (position: number) => filmCounts(state, position),
    charts: await Promise.all([entropyFilmChart(state), flowFilmChart(state)]),
  };
  await figureFonts(document);
  return {
    name: [withoutExtension(picture.name), analysis.method, 'layers'],
    title: say('All layers, animated'),
    size: filmSize,
    seconds: filmLength(count),
    draw: (ctx, seconds) => drawFilm(ctx, film, filmPosition(count, seconds), theme),
  };
}

function filmCounts(state: ExplainState, position: number): FilmCount[] {
  const words = countsInWords(readingAt(state, position));
  return [
    { name: say('Signs'), value: words.signs, null: words.nullSigns },
    { name: say('Spatial entropy'), value: words.entropy, null: words.nullEntropy },
  ];
}

function filmCaption(state: ExplainState): string {
  const outlines = state.settings.outlines
    ? say(
        'Outlines: signs by the final sign they become part of, grey if none; dashed over layers they pass. ',
      )
    : '';
  return say('{outlines}{measured}. Null: {nullShuffles} shuffled maps.', {
    outlines,
    measured: measuredInWords(state),
    nullShuffles,
  });
}

/** How much of the charts' height the entropy chart takes; the flow has the rest. */
const entropyShare = 0.41;

async function entropyFilmChart(state: ExplainState): Promise<FilmChart> {
  const data = entropyChartData(state);
  if (!data) throw new Error(say('there is nothing to draw yet'));
  const size = { width: filmCharts.width, height: Math.round(filmCharts.height * entropyShare) };
  const alone = { ...data, selected: null };
  const layout = entropyChartLayout(alone, size);
  return {
    image: await drawn(entropyChart(document, alone, size, figureThemes.light), size),
    height: size.height,
    shown: size.height,
    x: layout.axis.x,
    cursor: [layout.top - 4, size.height],
    curve: curveOf(alone, layout.y),
  };
}

/** The flow without its legend: the film is watched, and its caption says what the colours are. */
async function flowFilmChart(state: ExplainState): Promise<FilmChart> {
  // The outlines over the picture have the colours of final signs as well.
  const data = flowData(state, 'final');
  if (!data) throw new Error(say('there is nothing to draw yet'));
  const shown = filmCharts.height - Math.round(filmCharts.height * entropyShare);
  const alone = { ...data, selected: null, layerNames: true };
  // Wherever there is room enough, the legend takes the same.
  const ample = { width: filmCharts.width, height: 2 * shown };
  const size = { ...ample, height: shown + ample.height - flowLayout(alone, ample).legendTop };
  const layout = flowLayout(alone, size);
  return {
    image: await drawn(superizationFlow(document, alone, size, figureThemes.light, layout), size),
    height: size.height,
    shown,
    x: layout.axis.x,
    cursor: [0, layout.bottom + 4],
  };
}

async function drawn(svg: SVGSVGElement, { width, height }: FigureSize) {
  return rasteriseSvg(svgDocument(svg, { fontFace: await interFontFace() }), width, height, chartScale);
}
