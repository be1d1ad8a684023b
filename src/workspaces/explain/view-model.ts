import { backendTitle } from '../../backend/backend-names';
import type { LayerMeasurement, SignMeasurement } from '../../engine/measure/measure-methods';
import {
  type EntropyChartData,
  type FilmStripData,
  type HeatStyle,
  type MeasureLabel,
  outlineColours,
  type SaliencyData,
  type SaliencyFrameData,
  type SignOutlines,
} from '../../figures';
import type { AnalyseResult } from '../../saliency/analysis';
import { isInputMethod, passesAtInput, type SaliencyMethod } from '../../saliency/method-names';
import { methodInWords } from '../../saliency/smoothing/map-smoothing';
import { ENTROPY_MEASURES, type OutlineTour, outlineTour } from '../../semiotics';
import type { ExplainState, Shown, Still } from '../../state/explain-store';
import type { ExplainSettings } from '../../state/settings';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { lookingInWords } from './layers/attention-words';
import { networkCalled } from './network/network-called';
import { targetInWords } from './target/target-words';

export const measureLabel = ({ measure }: ExplainSettings): MeasureLabel => {
  const { name, unit } = ENTROPY_MEASURES.find(
    ({ id }) => id === measure,
  ) as (typeof ENTROPY_MEASURES)[number];
  return { name: say(name), unit };
};

/** The settings that the large picture is drawn by. */
type Look = Pick<ExplainSettings, 'colours' | 'opacity' | 'smoothing' | 'view' | 'scaling' | 'outlines'>;

/** How saliency is drawn by the settings. */
export const heatStyle = ({ colours, opacity, smoothing, view }: Look): HeatStyle => ({
  colourMap: colours,
  opacity,
  interpolation: smoothing,
  // Concepts stand in the large picture; what is small beside it is a heat map all the same.
  view: view === 'concepts' ? 'overlay' : view,
});

/** Saliency in the last colour: the layer's own largest, or that of all layers. */
function scaleEnd({ layers }: AnalyseResult, { scaling }: Look, index: number): number {
  if (scaling === 'layer') return layers[index].maximum;
  return Math.max(...layers.map(({ maximum }) => maximum));
}

/** The large picture of the selected layer; null before the first analysis. */
export function saliencyData(state: Shown): SaliencyData | null {
  const { analysis, picture, settings, layer } = state;
  const selected = analysis?.layers[layer];
  if (!selected || !picture) return null;
  return {
    ...heatStyle(settings),
    layer: selected.name,
    picture: picture.display,
    aspect: picture.input.width / picture.input.height,
    map: selected.map,
    lo: 0,
    hi: scaleEnd(analysis, settings, layer),
    scaling: settings.scaling,
    outcome: selected.outcome,
  };
}

/** The large picture at any place between the layers. */
export function saliencyFrameData(
  { analysis, picture, signs }: Pick<ExplainState, 'analysis' | 'picture' | 'signs'>,
  look: Look,
): SaliencyFrameData | null {
  if (!analysis || !picture) return null;
  return {
    ...heatStyle(look),
    picture: picture.display,
    layers: analysis.layers.map(({ map, outcome }, i) => ({
      map,
      lo: 0,
      hi: scaleEnd(analysis, look, i),
      outcome,
    })),
    outlines: look.outlines && signs ? movingOutlines(signs) : null,
  };
}

/** Tours keep what they have traced, for as long as the signs are on screen. */
const tours = new WeakMap<SignMeasurement, OutlineTour>();

/** The signs' outlines at any place between the layers. */
export function movingOutlines(signs: SignMeasurement): SignOutlines {
  const { layers, linked, grid } = signs;
  const tour = tours.get(signs) ?? outlineTour(layers, linked, grid.width);
  tours.set(signs, tour);
  return { tour, grid, colours: outlineColours(linked, layers[layers.length - 1].signs) };
}

/** What the counter reads at a place between the layers: the numbers of the two layers, mixed. Null where one is not known or has none. */
export interface Reading {
  signs: number | null;
  nullSigns: { mean: number; sd: number } | null;
  entropy: number | null;
  nullEntropy: number | null;
}

export function readingAt(
  state: Pick<ExplainState, 'analysis' | 'measurement' | 'signs' | 'nullSigns'>,
  position: number,
): Reading {
  const mixed = mixer(position);
  const { signs, nullSigns } = state;
  const mean = mixed((i) => nullSigns?.[i]?.mean);
  const sd = mixed((i) => nullSigns?.[i]?.sd);
  return {
    signs: mixed((i) => signs?.layers[i]?.signs.length),
    nullSigns: mean === null || sd === null ? null : { mean, sd },
    entropy: mixed((i) => measuredAt(state, i)?.value),
    nullEntropy: mixed((i) => measuredAt(state, i)?.null?.mean),
  };
}

/** The numbers of the counter as they are written. */
export function countsInWords({ signs, nullSigns, entropy, nullEntropy }: Reading) {
  const digits = (value: number | null | undefined, places: number) =>
    value == null ? '–' : value.toFixed(places).replace('-', '−');
  const places = nullSigns && nullSigns.mean < 10 ? 1 : 0;
  return {
    signs: digits(signs, 0),
    // As under the flow: a deviation that would round to 0 gets a digit more.
    nullSigns: nullSigns
      ? say('null {mean} ± {sd}', { mean: digits(nullSigns.mean, places), sd: digits(nullSigns.sd, places) })
      : say('null {nullEntropy}', { nullEntropy: digits(null, 0) }),
    entropy: digits(entropy, 2),
    nullEntropy: say('null {nullEntropy}', { nullEntropy: digits(nullEntropy, 2) }),
  };
}

/** The height of the entropy curve between the layers, by the chart's scale; null where it has a gap. */
export function curveOf({ layers }: EntropyChartData, y: (value: number) => number) {
  return (position: number): number | null =>
    mixer(position)((i) => {
      // A position beyond them is that of another picture's layers, which is about to be drawn.
      const { value = null, outcome } = layers[i] ?? {};
      return value === null || outcome === 'none' ? null : y(value);
    });
}

/** A value between the layers, on the straight line between those of its two layers. */
export function mixer(position: number) {
  const from = Math.floor(position);
  const share = position - from;
  return (valueAt: (layer: number) => number | null | undefined): number | null => {
    const before = valueAt(from) ?? null;
    if (share === 0 || before === null) return before;
    const after = valueAt(from + 1) ?? null;
    return after === null ? null : before + (after - before) * share;
  };
}

/** All layers as thumbnails. */
export function filmStripData(state: Still): FilmStripData | null {
  const { analysis, picture, settings, layer } = state;
  if (!analysis || !picture) return null;
  return {
    ...heatStyle(settings),
    selected: layer,
    picture: picture.display,
    aspect: picture.input.width / picture.input.height,
    measure: measureLabel(settings),
    layers: analysis.layers.map(({ name, map, outcome }, i) => ({
      name,
      map,
      width: map.width,
      height: map.height,
      lo: 0,
      hi: scaleEnd(analysis, settings, i),
      outcome,
      value: measuredAt(state, i)?.value ?? null,
    })),
  };
}

/** A map without positive evidence has no entropy to speak of: a gap, not a zero. */
export function measuredAt(
  { analysis, measurement }: Pick<Still, 'analysis' | 'measurement'>,
  index: number,
): LayerMeasurement | null {
  if (analysis?.layers[index]?.outcome === 'none') return null;
  return measurement?.layers[index] ?? null;
}

/** Entropy by layer beside its null. */
export function entropyChartData(state: Still): EntropyChartData | null {
  const { analysis, settings, layer } = state;
  if (!analysis) return null;
  return {
    measure: measureLabel(settings),
    selected: layer,
    layers: analysis.layers.map(({ name, map, outcome }, i) => ({
      name,
      width: map.width,
      height: map.height,
      outcome,
      value: state.measurement?.layers[i]?.value ?? null,
      null: measuredAt(state, i)?.null ?? null,
      structure: measuredAt(state, i)?.structure ?? null,
    })),
  };
}

/** One row a layer: the numbers of the chart, for the table and for CSV. */
export function entropyRows(state: Still): Record<string, string | number | null>[] {
  return (state.analysis?.layers ?? []).map(({ index, name, kind, shape, outcome }) => {
    const measured = measuredAt(state, index);
    return {
      layer: index + 1,
      name,
      kind,
      height: shape[0],
      width: shape[1],
      channels: shape[2],
      evidence: outcome === 'none' ? 'none' : 'positive',
      entropy: measured?.value ?? null,
      null_mean: measured?.null?.mean ?? null,
      null_sd: measured?.null?.sd ?? null,
      structure: measured?.structure ?? null,
      marginal: measured?.marginal ?? null,
      conditional: measured?.conditional ?? null,
      ...(measured?.mutual != null ? { mutual: measured.mutual } : {}),
    };
  });
}

/** How the maps were measured, in words. */
export function measuredInWords(state: Still): string {
  return `${measureLabel(state.settings).name}, ${quantisedInWords(state)}`;
}

/** How the maps were quantised and which pixels are neighbours, in words. */
export function quantisedInWords({ settings, analysis }: Still): string {
  const [height, width] = analysis?.network.inputShape ?? [0, 0];
  const grid =
    settings.grid === 'input' ? say('input grid {width} × {height}', { width, height }) : say('native grids');
  const torus = settings.torus ? say(', torus') : '';
  return `${counted(settings.levels, 'level')}, ${grid}, N${settings.neighbourhood}${torus}`;
}

const methodName = (analysis: AnalyseResult | null) =>
  analysis ? methodInWords(analysis.method, analysis.smooth) : '';

/** What a figure shows, for its caption. */
export function explainedInWords(
  state: Still & Pick<ExplainState, 'networkName'>,
  withPicture = true,
): string {
  const { analysis, picture, settings } = state;
  const looking =
    analysis && lookingInWords({ ...settings, method: analysis.method }, analysis.network.attention);
  const what = say('{analysis}{part} for {explained} by {networkName}', {
    analysis: methodName(analysis),
    part: looking ? ` ${looking},` : '',
    explained: targetInWords(state),
    networkName: networkCalled(state),
  });
  return withPicture ? say('{what} in “{name}”.', { what, name: picture?.name }) : what;
}

/** About how many forward passes a layer of Shapley-CAM costs: its tail's moves forwards, its gradient and how that changes. */
const passesAlong = 6;

/**
 * About how long a slow method takes for all layers: one pass a channel, at the pace of the last analysis. For
 * Ablation-CAM and Shapley-CAM this is a bound, since their passes begin at the layer.
 */
export function slowMethodInWords(method: SaliencyMethod, { layers, timings }: AnalyseResult): string {
  const passes = isInputMethod(method)
    ? passesAtInput[method]
    : method === 'shapley-cam'
      ? passesAlong * layers.length
      : layers.reduce((sum, { shape }) => sum + shape[2], 0);
  const seconds = Math.ceil((passes * timings.forward) / 1000);
  if (timings.forward <= 0) return say('slow');
  const time =
    seconds < 100
      ? say('{seconds} s', { seconds })
      : say('{minutes} min', { minutes: Math.ceil(seconds / 60) });
  return method === 'ablation-cam' || method === 'shapley-cam'
    ? say('up to {time}', { time })
    : say('about {time}', { time });
}

/** The status line; ends in "Ready: 12 layers in 0.31 s on WebAssembly (2 threads)". */
export function statusText({
  progress,
  analysis,
  note,
}: Pick<ExplainState, 'progress' | 'analysis' | 'note'>): string {
  if (progress) {
    const share = progress.fraction === null ? '' : `, ${Math.round(progress.fraction * 100)} %`;
    return `${say(progress.text)}${share} …`;
  }
  const before = note ? `${say(note)} ` : '';
  if (!analysis) return say('{before}Nothing is open', { before });
  const { backend, layers, timings, network } = analysis;
  const seconds = ((timings.forward + timings.saliency) / 1000).toFixed(2);
  const ready = say('Ready: {layers} in {seconds} s on {backend}', {
    layers: counted(layers.length, 'layer'),
    seconds,
    backend: say(backendTitle(backend)),
  });
  const output =
    network.kind === 'classes' ? '' : say(' The output is {outputIs}.', { outputIs: network.outputIs });
  const rounded = network.isQuantised
    ? say(
        ' The network rounds to numbers of a few bits, as its file says; gradients go straight through the rounding.',
      )
    : '';
  const withoutGrid = network.withoutGrid
    ? say(' Tokens that make no grid over the picture have no map: those of {layers} of attention.', {
        layers: counted(network.withoutGrid, 'layer'),
      })
    : '';
  return `${before}${say(backend.reason)}${output}${rounded}${withoutGrid} ${ready}`;
}
