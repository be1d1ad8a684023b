import { featureLayers, type Network } from '../network/network';
import type { Checkpoint as Pause } from '../network/run-network';
import { explain } from '../saliency/explain-layers';
import type { SaliencyLayer } from '../saliency/saliency-layer';
import { entropyScalar, nullModel, resizeBilinear } from '../semiotics';
import type { Dataset } from './data/dataset';
import { pictureTensor } from './evaluate';
import type { LayerEntropy, LayerProfile, ProfileOptions } from './training-methods';

export interface ProfileHooks {
  onProgress?(fraction: number): void;
  pause: Pause;
}

/** Entropy and its null of one layer, one value a picture. */
export interface LayerValues {
  name: string;
  entropy: number[];
  null: number[];
}

/**
 * Mean spatial entropy of the saliency of every convolution over held-out pictures, for the class that each is taken for, beside
 * that of the same maps shuffled.
 */
export async function profileNetwork(
  network: Network,
  data: Dataset,
  options: ProfileOptions,
  hooks: ProfileHooks,
): Promise<LayerProfile[]> {
  const layers = await layerValues(network, data, options, hooks);
  return layers.map((layer, index) => ({
    name: layer.name,
    entropy: meanOf(layer.entropy),
    null: meanOf(layer.null),
    error: index === 0 ? null : standardError(stepsBeyondNull(layers[index - 1], layer)),
  }));
}

/** Mean spatial entropy of the saliency of every convolution, and the standard error of the mean. */
export async function layerEntropies(
  network: Network,
  data: Dataset,
  options: ProfileOptions,
  hooks: ProfileHooks,
): Promise<LayerEntropy[]> {
  // Its null model is not asked for, and one shuffle is the fewest there are.
  const layers = await layerValues(network, data, { ...options, shuffles: 1 }, hooks);
  return layers.map(({ name, entropy }) => ({
    name,
    entropy: meanOf(entropy),
    error: standardError(entropy),
  }));
}

async function layerValues(
  network: Network,
  data: Dataset,
  options: ProfileOptions,
  { onProgress, pause }: ProfileHooks,
): Promise<LayerValues[]> {
  const nodes = featureLayers(network, ['convolution']);
  const layers: LayerValues[] = nodes.map((node) => ({
    name: network.nodes[node].name,
    entropy: [],
    null: [],
  }));
  const count = Math.min(options.pictures, data.summary.heldOut);
  for (let picture = 0; picture < count; picture++) {
    const { pixels } = await data.read('heldOut', [picture]);
    const input = pictureTensor(pixels, 1, data.side);
    try {
      const run = { layers: nodes, target: null, checkpoint: pause, method: options.method };
      const explained = await explain(network, input, run);
      for (const [index, layer] of explained.layers.entries()) {
        const measured = measureLayer(layer, data.side, options, picture);
        layers[index].entropy.push(measured.entropy);
        layers[index].null.push(measured.null);
        await pause();
      }
    } finally {
      input.dispose();
    }
    onProgress?.((picture + 1) / count);
  }
  return layers;
}

/** The picture's number seeds its shuffles, so that a profile is the same whenever it is taken. */
function measureLayer(
  { map }: SaliencyLayer,
  side: number,
  { measure, levels, grid, shuffles }: ProfileOptions,
  picture: number,
): { entropy: number; null: number } {
  const size = grid === 'input' ? { width: side, height: side } : { width: map.width, height: map.height };
  const values = resizeBilinear(map.values, map.width, map.height, size.width, size.height);
  const entropy = entropyScalar(values, size.width, size.height, { measure, levels });
  const shuffled = { measure, levels, grid: size, shuffles, seed: picture + 1 };
  return { entropy, null: nullModel(map.values, map.width, map.height, shuffled).mean };
}

/** How much the entropy rose from one layer to the next, less what its null rose, picture by picture. */
const stepsBeyondNull = (before: LayerValues, layer: LayerValues): number[] =>
  layer.entropy.map((value, i) => value - before.entropy[i] - (layer.null[i] - before.null[i]));

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of the mean; 0 for a single value. */
function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
