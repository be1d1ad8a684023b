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
import { type Against, type Box, type Target, TargetError } from '../../network/targets/target';
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
  /** The box of every picture that is explained in place of a class; left out, none. */
  box?: Box | null;
  checkpoint: Checkpoint;
}

/** Methods that make the same map whichever class is explained: they read no gradient. */
const readsNoClass = (method: SaliencyMethod): boolean =>
  saliencyMethods[method].reads === 'activation' || method === 'attention' || method === 'rollout';

/** Methods that take one picture at a time, which is all that fits into memory: a pass a channel, or the attention of every block; and means over variants. */
export const takesPicturesAlone = (method: SaliencyMethod, smooth?: MapSmoothing): boolean =>
  isOverVariants(smooth) || ['passes', 'attention', 'input'].includes(saliencyMethods[method].reads);

/** What is explained of a picture; the class with the highest logit where none is named. */
const targetFor = (
  index: number | null,
  { against, box }: Pick<ExplainBatchOptions, 'against' | 'box'>,
): Target => box ?? (against ? { kind: 'contrast', index, against } : index);

export interface ExplainedPicture {
  logits: Float32Array;
  /** The class with the highest logit; of a box, its own. */
  predicted: number;
  /** What is explained of it, for a box. */
  value?: number;
  /** Why there is nothing of that kind in it, in words; its maps say nothing then. */
  failure?: string;
  /** The map of every layer for the predicted class. */
  maps: MapData[];
  /** For the true class, where that is another one. */
  trueMaps: MapData[] | null;
}

/** Maps of some pictures by picture and layer, with what the network said. */
interface BatchMaps {
  logits: Float32Array[];
  targets: number[];
  /** What is found of every picture's box; empty where none is explained. */
  boxes: FoundBox[];
  maps: MapData[][];
}

/** The class and value of a picture's box, or why it has none. */
type FoundBox = Required<Pick<ExplainedPicture, 'predicted' | 'value'>> | { failure: string };

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
  const { logits, targets, boxes, maps } = await mapsOf(network, input, options, () => null);
  const wrong = targets.flatMap((predicted, picture) => {
    const known = options.trueClasses[picture];
    // A box is of the class that the network gives it.
    return options.box || known === null || known === predicted ? [] : [{ picture, known }];
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
    ...boxes[picture],
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
  const boxes: FoundBox[] = [];
  const explainedIn = async (picture: number, read: ReadNode) => {
    const explain = (target: Target) => explainedOf(network, target, read);
    const target = targetFor(targetOf(picture), options);
    if (!options.box) return explain(target);
    try {
      const explained = await explain(target);
      boxes[picture] = foundBox(explained.index, explained.value);
      return explained;
    } catch (error) {
      boxes[picture] = noBox(error);
      // Beside those of the others its gradient is computed all the same, and not used.
      return explain(null);
    }
  };
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
      const onOutputs = async (_: ReadNode, readOf: (picture: number) => ReadNode) => {
        if (!options.box) return;
        for (let picture = 0; picture < pictures; picture++) await explainedIn(picture, readOf(picture));
      };
      run = await captureActivations(network, input, { layers, onLayer, onOutputs, checkpoint });
    } else {
      const chooseTarget = async (_: Float32Array, picture: number, read: ReadNode) =>
        (await explainedIn(picture, read)).score;
      run = await captureGradients(network, input, { layers, chooseTarget, onLayer: keep, checkpoint });
    }
    const classes = run.logits.length / pictures;
    const logits = Array.from({ length: pictures }, (_, picture) =>
      run.logits.slice(picture * classes, (picture + 1) * classes),
    );
    const targets = logits.map((own, picture) => targetOf(picture) ?? winnerOf(own));
    return { logits, targets, boxes, maps: await readMaps(kept, layers, pictures) };
  } finally {
    chooseAsForOnePicture(false);
    for (const maps of kept.values()) tf.dispose(maps);
  }
}

const foundBox = (index: number | null, value: number): FoundBox => ({ predicted: index as number, value });

/** That a picture has no such box, in words; throws what is wrong otherwise. */
function noBox(error: unknown): FoundBox {
  if (error instanceof TargetError) return { failure: error.message };
  throw error;
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
  options: ExplainBatchOptions,
  targetOf: (picture: number) => number | null,
): Promise<BatchMaps> {
  const { method, smooth, layers, checkpoint } = options;
  const found: BatchMaps = { logits: [], targets: [], boxes: [], maps: [] };
  for (let picture = 0; picture < input.shape[0]; picture++) {
    const own = pictureOf(input, picture);
    try {
      const target = targetFor(targetOf(picture), options);
      const run = await explain(network, own, { method, smooth, layers, target, checkpoint });
      found.logits.push(run.logits);
      found.targets.push(targetOf(picture) ?? winnerOf(run.logits));
      found.maps.push(run.layers.map(({ map }) => map));
      if (options.box) found.boxes[picture] = foundBox(run.target, run.value);
    } catch (error) {
      if (!options.box) throw error;
      found.boxes[picture] = noBox(error);
      found.logits.push(new Float32Array());
      found.targets.push(0);
      found.maps.push([]);
    } finally {
      own.dispose();
    }
  }
  return found;
}

/** [1, h, w, c] of a batch; the batch itself where it holds one picture. */
const pictureOf = (batch: tf.Tensor4D, picture: number): tf.Tensor4D =>
  tf.slice4d(batch, [picture, 0, 0, 0], [1, -1, -1, -1]);
