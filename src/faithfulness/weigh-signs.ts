import type * as tf from '@tensorflow/tfjs-core';
import { layerName, type Network } from '../network/network';
import { type Checkpoint, forward, readerOf } from '../network/run-network';
import { explainedOf } from '../network/targets/explained';
import type { Target } from '../network/targets/target';
import { blurred } from './blur-picture';
import { regionCover } from './cover';
import { maskedActivations, mixedPictures } from './mask';
import type { LayerWeights, MaskedWeight, SignWeights, WeighRequest } from './questions';
import { inputNode, outputsOfVariants } from './variants';

/** Signs of a layer that are weighed one by one; early layers have hundreds, and each costs a run of the network. */
export const mostWeighed = 24;

export interface WeighOptions extends Pick<WeighRequest, 'layers' | 'atInput'> {
  target: Target;
  checkpoint: Checkpoint;
  /** Called as runs are done, with the share of all of them. */
  onProgress(share: number): void;
}

/** A layer's signs in regions that are masked: the greatest one each, the others at once, then all at once. */
interface Regions {
  count: number;
  /** For every id its region; the last region, all signs, is not among them. */
  regionOf: Int32Array;
  others: number;
}

/**
 * What the score (a class's logit, unless something else is explained) loses without each sign: the layer's activation inside the sign's region is set to its mean
 * outside, and the network behind the layer runs again, all signs of a layer in batches.
 *
 * @param input the preprocessed picture, [1, h, w, c]; signs lie on its grid
 */
export async function weighSigns(
  network: Network,
  input: tf.Tensor4D,
  options: WeighOptions,
): Promise<SignWeights> {
  const { layers, atInput, target, checkpoint, onProgress } = options;
  const regions = layers.map(({ masses }) => regionsOf(masses));
  const runs = regions.reduce((sum, { count }) => sum + count, 0) * (atInput ? 2 : 1);
  let done = 0;
  const onDone = (variants: number) => {
    done += variants;
    onProgress(done / runs);
  };
  const outputs = await forward(network, input, checkpoint);
  let blur: tf.Tensor4D | null = null;
  try {
    const { score, value: logit } = await explainedOf(network, target, readerOf(outputs));
    if (atInput) blur = await blurred(input);
    const weighed: LayerWeights[] = [];
    for (const [i, { name, labels }] of layers.entries()) {
      const { count, regionOf, others } = regions[i];
      const weightsAt = async (from: number, make: (cover: Float32Array) => tf.Tensor4D) => {
        const [, height, width] = outputs[from].shape as number[];
        const cells = height * width;
        const cover = coverOf(labels, gridOf(input), regions[i], { width, height });
        const found = await outputsOfVariants(network, {
          from,
          outputs,
          count,
          make: (start, end) => make(cover.subarray(start * cells, end * cells)),
          to: score.node,
          checkpoint,
          onDone,
        });
        return found.map((numbers) => logit - score.value(numbers));
      };
      const from = nodeNamed(network, name);
      const weights = await weightsAt(from, (cover) =>
        maskedActivations(outputs[from] as tf.Tensor4D, cover),
      );
      const still = blur;
      const inputs = still
        ? await weightsAt(inputNode(network), (cover) => mixedPictures(input, still, cover))
        : null;
      const weightOf = (region: number): MaskedWeight => ({
        weight: weights[region],
        atInput: inputs?.[region] ?? null,
      });
      const othersAt = others > 0 ? count - 2 : -1;
      weighed.push({
        signs: Array.from(regionOf, (region) => (region === othersAt ? null : weightOf(region))),
        others: others > 0 ? { ...weightOf(othersAt), count: others } : null,
        together: count > 0 ? weightOf(count - 1) : null,
      });
    }
    return { logit, layers: weighed };
  } finally {
    blur?.dispose();
    for (const output of outputs) output.dispose();
  }
}

function regionsOf(masses: number[]): Regions {
  const heaviest = masses.map((_, id) => id).sort((a, b) => masses[b] - masses[a] || a - b);
  const single = heaviest.slice(0, mostWeighed);
  const others = masses.length - single.length;
  const regionOf = new Int32Array(masses.length).fill(single.length);
  single.forEach((id, region) => {
    regionOf[id] = region;
  });
  const count = masses.length === 0 ? 0 : single.length + (others > 0 ? 1 : 0) + 1;
  return { count, regionOf, others };
}

/** Cover of all regions; signs do not overlap, so that of all signs is the sum of the others. */
function coverOf(
  labels: Int32Array,
  grid: { width: number; height: number },
  { count, regionOf }: Regions,
  layer: { width: number; height: number },
): Float32Array {
  const cells = layer.width * layer.height;
  const cover = regionCover(labels, grid, regionOf, count, layer);
  const all = cover.subarray((count - 1) * cells);
  for (let i = 0; i < (count - 1) * cells; i++) all[i % cells] = Math.min(1, all[i % cells] + cover[i]);
  return cover;
}

const gridOf = ({ shape: [, height, width] }: tf.Tensor4D) => ({ width, height });

function nodeNamed(network: Network, name: string): number {
  const own = network.nodes.findIndex((node) => node.name === name);
  const index = own < 0 ? network.nodes.findIndex((node) => layerName(node) === name) : own;
  if (index < 0) throw new RangeError(`The network has no layer "${name}".`);
  return index;
}
