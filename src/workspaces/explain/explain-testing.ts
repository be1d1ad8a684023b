import { measure } from '../../engine/measure/measure-maps';
import { nullSignCounts, signs } from '../../engine/measure/measure-signs';
import { scalingNumbers } from '../../network/scaling/chosen-scaling';
import type { AnalyseResult } from '../../saliency/analysis';
import { saliencyLayer } from '../../saliency/saliency-layer';
import { type ExplainState, type OpenPicture, useExplain } from '../../state/explain-store';
import { initialSettings } from '../../state/settings';
import { measuredAs } from './layers/measure-layers';

/** Names of the bundled network's layers. */
export const layerNames = [
  ...['conv1_1', 'conv1_2', 'conv2_1', 'conv2_2', 'conv3_1', 'conv3_2'],
  ...['conv3_3', 'conv4_1', 'conv4_2', 'conv4_3', 'conv5_1', 'conv5_2'],
];

const input = 28;
const sideOf = (layer: number) => (layer < 7 ? input : layer < 10 ? input / 2 : input / 4);

/** Hills on a plain, fewer and wider from layer to layer. */
function mapOf(layer: number) {
  const side = sideOf(layer);
  const hills = 12 - layer;
  const values = Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side];
    return Math.max(0, Math.sin(hills * x * 3) * Math.sin(hills * y * 3) * (1 - x / 2));
  });
  return { values, width: side, height: side };
}

const scaling = { ...scalingNumbers('unit', 3), name: 'unit', reason: '', isGuess: false } as const;
const labels = ['horn', 'church'];

/** An analysis that no network made: twelve layers of hills. */
export const analysis: AnalyseResult = {
  method: 'grad-cam',
  backend: { name: 'wasm', reason: '', adapter: null, threads: 1 },
  network: {
    ...{
      id: 'photos10',
      title: 'photos10',
      format: 'tfjs-layers-model',
      sha256: 'f0',
      scalingReason: '',
      scaling,
    },
    ...{ outputs: ['out'], output: 'out', takesAnySize: false, inputShape: [input, input, 3], labels },
    ...{ kind: 'classes' as const, outputIs: 'classes', outputReason: '', readsEitherWay: false },
  },
  predictions: [
    { index: 0, label: 'horn', probability: 0.9, logit: 3 },
    { index: 1, label: 'church', probability: 0.1, logit: 1 },
  ],
  target: { index: 0, label: 'horn' },
  scalingDoubt: null,
  layers: layerNames.map((name, index) =>
    saliencyLayer({
      ...{ index, name, kind: 'convolution', map: mapOf(index) },
      shape: [sideOf(index), sideOf(index), 8],
    }),
  ),
  timings: { forward: 1, saliency: 1 },
};

const size = { width: input, height: input };

export const picture = {
  ...{ ...size, name: 'French horn', source: 'french-horn', sha256: 'f1', decodeMs: 1 },
  ...{ file: new Blob(), preview: new Blob() },
  input: { ...size, rgba: new Uint8ClampedArray(4 * input * input) },
  display: size as ImageBitmap,
} satisfies OpenPicture;

const task = { signal: new AbortController().signal, report: () => {}, checkpoint: async () => {} };
const shuffled = { shuffles: 4, seed: 1 };

/** The workspace with the analysis on screen, measured, its signs found; the last layer is selected. */
export async function analysed(): Promise<Partial<ExplainState>> {
  const maps = analysis.layers.map(({ map }) => map);
  const asked = { maps, grid: size, tau: initialSettings.tau, theta: initialSettings.theta };
  const layer = layerNames.length - 1;
  return {
    ...{ settings: initialSettings, manifest: analysis.network, analysis, picture, layer, position: layer },
    measurement: await measure({ maps, ...measuredAs(initialSettings, size), ...shuffled }, task),
    signs: signs(asked),
    nullSigns: await nullSignCounts({ ...asked, ...shuffled }, task),
    ...{ progress: null, note: null, weights: null, followed: null, held: false },
  };
}

/** Puts it into the store as it was at first. */
export const show = (state: Partial<ExplainState>) => useExplain.setState(state);
