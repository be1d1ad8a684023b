import type * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import { captureGradients } from '../../network/run-network';
import { entropyScalar, findSigns, nullModel } from '../../semiotics';
import type { Architecture } from '../../training/architecture/architecture';
import type { Dataset } from '../../training/data/dataset';
import { pictureTensor } from '../../training/evaluate';
import type { ProfileOptions } from '../../training/training-methods';
import { filterLayout } from './filter-groups';

/** Activation maps are measured at their own size, where more levels leave most pairs of levels empty. */
const MOST_LEVELS = 16;

export interface SemioticHooks {
  pause(): Promise<void>;
  onProgress?(fraction: number): void;
}

/** Two measures of each filter of a group. */
export interface SemioticMeasures {
  structure: number[];
  signs: number[];
}

/**
 * What signs the filters make, averaged over held-out pictures. `structure`: how far the spatial entropy of a filter's activation map
 * lies below that of the same map shuffled; a map that is noise has none. `signs`: the share of the mass of the layer's signs, in
 * Grad-CAM for the class that the picture is taken for, that goes when the filter is silenced. A reconstruction after the abstracts of
 * arXiv 2312.04926 and 2312.04918, whose full texts were not at hand. Of tied filters the mean over their layers.
 */
export async function semioticMeasures(
  architecture: Architecture,
  network: Network,
  data: Dataset,
  options: ProfileOptions,
  { pause, onProgress }: SemioticHooks,
): Promise<Map<string, SemioticMeasures>> {
  const { groups } = filterLayout(architecture);
  const sums = new Map(
    groups.map(({ name, filters }) => [
      name,
      { structure: new Array<number>(filters).fill(0), signs: new Array<number>(filters).fill(0) },
    ]),
  );
  const groupOf = new Map<number, (typeof groups)[number]>();
  for (const group of groups) {
    for (const layer of group.layers) {
      groupOf.set(
        network.nodes.findIndex(({ name }) => name === layer),
        group,
      );
    }
  }
  const count = Math.min(options.pictures, data.summary.heldOut);
  for (let picture = 0; picture < count; picture++) {
    const { pixels } = await data.read('heldOut', [picture]);
    const input = pictureTensor(pixels, 1, data.side);
    try {
      await captureGradients(network, input, {
        layers: [...groupOf.keys()],
        chooseTarget: (logits) => logits.indexOf(Math.max(...logits)),
        checkpoint: pause,
        onLayer: async (node, activation, gradient) => {
          const { name, layers } = groupOf.get(node) as (typeof groups)[number];
          const sum = sums.get(name) as SemioticMeasures;
          const maps = await mapsOf(activation);
          const share = 1 / (count * layers.length);
          structureOf(maps, options, picture).forEach((value, i) => {
            sum.structure[i] += share * value;
          });
          signsLost(maps, await meansOf(gradient)).forEach((value, i) => {
            sum.signs[i] += share * value;
          });
        },
      });
    } finally {
      input.dispose();
    }
    onProgress?.((picture + 1) / count);
  }
  return sums;
}

/** Activation maps of one layer, channel by channel. */
export interface ChannelMaps {
  /** One height x width map a channel, row-major. */
  maps: Float32Array[];
  width: number;
  height: number;
}

async function mapsOf(activation: tf.Tensor4D): Promise<ChannelMaps> {
  const [, height, width, channels] = activation.shape;
  const values = await activation.data();
  const maps = Array.from({ length: channels }, () => new Float32Array(height * width));
  for (let place = 0; place < height * width; place++) {
    for (let c = 0; c < channels; c++) maps[c][place] = values[place * channels + c];
  }
  return { maps, width, height };
}

/** Mean over the places of every channel. */
async function meansOf(gradient: tf.Tensor4D): Promise<Float64Array> {
  const [, height, width, channels] = gradient.shape;
  const values = await gradient.data();
  const means = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) means[i % channels] += values[i] / (height * width);
  return means;
}

/** Entropy of the shuffled map less that of the map itself, of every channel; 0 for a constant map. */
export function structureOf(
  { maps, width, height }: ChannelMaps,
  { measure, levels, shuffles }: Pick<ProfileOptions, 'measure' | 'levels' | 'shuffles'>,
  seed: number,
): number[] {
  const own = { measure, levels: Math.min(levels, MOST_LEVELS) };
  return maps.map((map) => {
    if (map.every((value) => value === map[0])) return 0;
    const { mean } = nullModel(map, width, height, { ...own, shuffles, seed: seed + 1 });
    return mean - entropyScalar(map, width, height, own);
  });
}

/**
 * How much of the mass of the signs of `relu(sum_k w_k A_k)` goes when channel k is silenced, as a share of it, for every channel; 0
 * where there is no sign. What a channel takes away from signs is not counted.
 */
export function signsLost({ maps, width, height }: ChannelMaps, weights: ArrayLike<number>): number[] {
  const sum = new Float32Array(width * height);
  maps.forEach((map, k) => {
    for (let place = 0; place < sum.length; place++) sum[place] += weights[k] * map[place];
  });
  const saliency = sum.map((value) => Math.max(0, value));
  const { labels } = findSigns(saliency, width, height);
  const places = Array.from(labels.keys()).filter((place) => labels[place] >= 0);
  const mass = places.reduce((total, place) => total + saliency[place], 0);
  if (!(mass > 0)) return maps.map(() => 0);
  return maps.map((map, k) => {
    let lost = 0;
    for (const place of places) {
      const without = Math.max(0, sum[place] - weights[k] * map[place]);
      lost += Math.max(0, saliency[place] - without);
    }
    return lost / mass;
  });
}
