import type { LayerMeasurement } from '../engine/measure/protocol';
import {
  type AnalyseResult,
  backendTitle,
  type SaliencyMethod,
  saliencyMethodNames,
} from '../engine/protocol';
import type { EntropyChartData, FilmStripData, HeatStyle, MeasureLabel, SaliencyData } from '../figures';
import { ENTROPY_MEASURES } from '../semiotics';
import type { ExplainState, Shown } from '../state/explain-store';
import type { ExplainSettings } from '../state/settings';

export const measureLabel = ({ measure }: ExplainSettings): MeasureLabel => {
  const { name, unit } = ENTROPY_MEASURES.find(
    ({ id }) => id === measure,
  ) as (typeof ENTROPY_MEASURES)[number];
  return { name, unit };
};

const heatStyle = ({ colours, opacity, smoothing, view }: ExplainSettings): HeatStyle => ({
  colourMap: colours,
  opacity,
  interpolation: smoothing,
  view,
});

/** Saliency in the last colour: the layer's own largest, or that of all layers. */
function scaleEnd({ layers }: AnalyseResult, { scaling }: ExplainSettings, index: number): number {
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

/** All layers as thumbnails. */
export function filmStripData(state: Shown): FilmStripData | null {
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
export function measuredAt({ analysis, measurement }: Shown, index: number): LayerMeasurement | null {
  if (analysis?.layers[index].outcome === 'none') return null;
  return measurement?.layers[index] ?? null;
}

/** Entropy by layer beside its null. */
export function entropyChartData(state: Shown): EntropyChartData | null {
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
export function entropyRows(state: Shown): Record<string, string | number | null>[] {
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

/** "golf ball (94.1 %)" for the class explained. */
export function targetInWords({ analysis }: Pick<ExplainState, 'analysis'>): string {
  if (!analysis) return '';
  const { index, label } = analysis.target;
  const { probability } = analysis.predictions.find((prediction) => prediction.index === index) ?? {};
  return probability === undefined ? label : `${label} (${percent(probability)})`;
}

/** Two digits of interest: "94.1 %", "0.03 %", "< 0.01 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return '< 0.01 %';
  return `${value.toFixed(value < 0.1 ? 2 : 1)} %`;
}

/** How the maps were measured, in words. */
export function measuredInWords(state: Shown): string {
  return `${measureLabel(state.settings).name}, ${quantisedInWords(state)}`;
}

/** How the maps were quantised and which pixels are neighbours, in words. */
export function quantisedInWords({ settings, analysis }: Shown): string {
  const [height, width] = analysis?.network.inputShape ?? [0, 0];
  const grid = settings.grid === 'input' ? `input grid ${width} × ${height}` : 'native grids';
  const torus = settings.torus ? ', torus' : '';
  return `${settings.levels} levels, ${grid}, N${settings.neighbourhood}${torus}`;
}

const methodName = (analysis: AnalyseResult | null) => (analysis ? saliencyMethodNames[analysis.method] : '');

/** What a figure shows, for its caption. */
export function explainedInWords(state: Shown): string {
  const { analysis, picture } = state;
  return `${methodName(analysis)} for ${targetInWords(state)} by ${analysis?.network.id} in “${picture?.name}”.`;
}

/**
 * About how long a slow method takes for all layers: one pass a channel, at the pace of the last analysis. For
 * Ablation-CAM this is a bound, since its passes begin at the layer.
 */
export function slowMethodInWords(method: SaliencyMethod, { layers, timings }: AnalyseResult): string {
  const passes = layers.reduce((sum, { shape }) => sum + shape[2], 0);
  const seconds = Math.ceil((passes * timings.forward) / 1000);
  const time = seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return timings.forward > 0 ? `${method === 'ablation-cam' ? 'up to' : 'about'} ${time}` : 'slow';
}

/** The status line; ends in "Ready: 12 layers in 0.31 s on WebAssembly (2 threads)". */
export function statusText({
  progress,
  analysis,
  note,
}: Pick<ExplainState, 'progress' | 'analysis' | 'note'>): string {
  if (progress) {
    const share = progress.fraction === null ? '' : `, ${Math.round(progress.fraction * 100)} %`;
    return `${progress.text}${share} …`;
  }
  const before = note ? `${note} ` : '';
  if (!analysis) return `${before}Nothing is open`;
  const { backend, layers, timings } = analysis;
  const seconds = ((timings.forward + timings.saliency) / 1000).toFixed(2);
  const ready = `Ready: ${layers.length} layers in ${seconds} s on ${backendTitle(backend)}`;
  return `${before}${backend.reason} ${ready}`;
}
