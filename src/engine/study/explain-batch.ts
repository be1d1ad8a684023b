import * as tf from '@tensorflow/tfjs-core';
import { chooseAsForOnePicture } from '../../backend/fast-convolution/choose-kernel';
import { readTogether } from '../../backend/read-together';
import type { Network } from '../../network/network';
import {
  type Checkpoint,
  captureActivations,
  captureGradients,
  type ReadNode,
} from '../../network/run-network';
import { explainedOf, winnerOf } from '../../network/targets/explained';
import type { Against, Target } from '../../network/targets/target';
import { explain } from '../../saliency/explain-layers';
import { saliencyMethods } from '../../saliency/map-of-method';
import type { SaliencyMethod } from '../../saliency/method-names';
import { onePassMap } from '../../saliency/one-pass-map';
import { isByComponent, isOverVariants, type MapSmoothing } from '../../saliency/smoothing/map-smoothing';
import type { MapData } from '../../semiotics/map-data';

export interface ExplainBatchOptions {
  method: SaliencyMethod;
  /** How maps are smoothed; left out, they are not. */
  smooth?: MapSmoothing;
  /** Nodes whose maps are wanted, in order. */
  layers: readonly number[];
  /** Class that each picture belongs to; null where that is not known. */
  trueClasses: readonly (number | null)[];
  /** What the class of each picture is set against; left out, nothing. */
  against?: Exclude<Against, number> | null;
  checkpoint: Checkpoint;
}

/** Methods that make the same map whichever class is explained: they read no gradient. */
const readsNoClass = (method: SaliencyMethod): boolean =>
  saliencyMethods[method].reads === 'activation' || method === 'attention' || method === 'rollout';

/** Methods that take one picture at a time, which is all that fits into memory: a pass a channel, or the attention of every block; and means over variants. */
export const takesPicturesAlone = (method: SaliencyMethod, smooth?: MapSmoothing): boolean =>
  isOverVariants(smooth) || ['passes', 'attention', 'input'].includes(saliencyMethods[method].reads);

/** What is explained of a picture; the class with the highest logit where none is named. */
const targetFor = (index: number | null, against: ExplainBatchOptions['against']): Target =>
  against ? { kind: 'contrast', index, against } : index;

export interface ExplainedPicture {
  logits: Float32Array;
  predicted: number;
  /** The map of every layer for the predicted class. */
  maps: MapData[];
  /** For the true class, where that is another one. */
  trueMaps: MapData[] | null;
}

/** Maps of some pictures by picture and layer, with what the network said. */
interface BatchMaps {
  logits: Float32Array[];
  targets: number[];
  maps: MapData[][];
}

/**
 * Maps of every picture of a batch for the class that the network names, and for the true class where it is wrong. They
 * are the very maps that each picture gets alone: WebAssembly computes every picture by the same sums whatever
 * stands beside it. Methods of one pass a channel, and those of attention, take the pictures one by one.
 * @param input [b, h, w, c]
 */
export async function explainBatch(
  network: Network,
  input: tf.Tensor4D,
  options: ExplainBatchOptions,
): Promise<ExplainedPicture[]> {
  const { logits, targets, maps } = await mapsOf(network, input, options, () => null);
  const wrong = targets.flatMap((predicted, picture) => {
    const known = options.trueClasses[picture];
    return known === null || known === predicted ? [] : [{ picture, known }];
  });
  const trueMaps = new Map<number, MapData[]>();
  if (readsNoClass(options.method)) {
    for (const { picture } of wrong) trueMaps.set(picture, maps[picture]);
  } else if (wrong.length > 0) {
    const again = tf.tidy(() =>
      tf.concat(wrong.map(({ picture }) => tf.slice(input, [picture, 0, 0, 0], [1, -1, -1, -1]))),
    );
    try {
      const run = await mapsOf(network, again, options, (index) => wrong[index].known);
      wrong.forEach(({ picture }, index) => {
        trueMaps.set(picture, run.maps[index]);
      });
    } finally {
      again.dispose();
    }
  }
  return logits.map((own, picture) => ({
    logits: own,
    predicted: targets[picture],
    maps: maps[picture],
    trueMaps: trueMaps.get(picture) ?? null,
  }));
}

/** @param targetOf class of each picture; null for the one with the highest logit */
async function mapsOf(
  network: Network,
  input: tf.Tensor4D,
  options: ExplainBatchOptions,
  targetOf: (picture: number) => number | null,
): Promise<BatchMaps> {
  if (takesPicturesAlone(options.method, options.smooth)) {
    return mapsOneByOne(network, input, options, targetOf);
  }
  const { layers, checkpoint } = options;
  const how = saliencyMethods[options.method];
  const pictures = input.shape[0];
  const kept = new Map<number, tf.Tensor2D[]>();
  chooseAsForOnePicture(true);
  try {
    const keep = async (node: number, activation: tf.Tensor4D, gradient: tf.Tensor4D | null) => {
      const maps: tf.Tensor2D[] = [];
      kept.set(node, maps);
      for (let picture = 0; picture < pictures; picture++) {
        const own = pictureOf(activation, picture);
        const slope = gradient && pictureOf(gradient, picture);
        const map = await onePassMap(options.method, own, slope, isByComponent(options.smooth));
        if (map) maps.push(map);
        slope?.dispose();
        own.dispose();
      }
    };
    let run: { logits: Float32Array };
    if (how.reads === 'activation') {
      const onLayer = (node: number, activation: tf.Tensor4D) => keep(node, activation, null);
      run = await captureActivations(network, input, { layers, onLayer, checkpoint });
    } else {
      const chooseTarget = async (_: Float32Array, picture: number, read: ReadNode) =>
        (await explainedOf(network, targetFor(targetOf(picture), options.against), read)).score;
      run = await captureGradients(network, input, { layers, chooseTarget, onLayer: keep, checkpoint });
    }
    const classes = run.logits.length / pictures;
    const logits = Array.from({ length: pictures }, (_, picture) =>
      run.logits.slice(picture * classes, (picture + 1) * classes),
    );
    const targets = logits.map((own, picture) => targetOf(picture) ?? winnerOf(own));
    return { logits, targets, maps: await readMaps(kept, layers, pictures) };
  } finally {
    chooseAsForOnePicture(false);
    for (const maps of kept.values()) tf.dispose(maps);
  }
}

async function readMaps(
  kept: ReadonlyMap<number, readonly tf.Tensor2D[]>,
  layers: readonly number[],
  pictures: number,
): Promise<MapData[][]> {
  const all = layers.flatMap((node) => kept.get(node) ?? []);
  const numbers = await readTogether(all);
  const found = new Map(
    all.map((map, i): [tf.Tensor2D, MapData] => {
      const [height, width] = map.shape;
      return [map, { values: numbers[i], width, height }];
    }),
  );
  return Array.from({ length: pictures }, (_, picture) =>
    layers.map((node) => found.get((kept.get(node) ?? [])[picture]) as MapData),
  );
}

async function mapsOneByOne(
  network: Network,
  input: tf.Tensor4D,
  { method, smooth, layers, against, checkpoint }: ExplainBatchOptions,
  targetOf: (picture: number) => number | null,
): Promise<BatchMaps> {
  const found: BatchMaps = { logits: [], targets: [], maps: [] };
  for (let picture = 0; picture < input.shape[0]; picture++) {
    const own = pictureOf(input, picture);
    try {
      const target = targetFor(targetOf(picture), against);
      const run = await explain(network, own, { method, smooth, layers, target, checkpoint });
      found.logits.push(run.logits);
      found.targets.push(targetOf(picture) ?? winnerOf(run.logits));
      found.maps.push(run.layers.map(({ map }) => map));
    } finally {
      own.dispose();
    }
  }
  return found;
}

/** [1, h, w, c] of a batch; the batch itself where it holds one picture. */
const pictureOf = (batch: tf.Tensor4D, picture: number): tf.Tensor4D =>
  tf.slice4d(batch, [picture, 0, 0, 0], [1, -1, -1, -1]);
