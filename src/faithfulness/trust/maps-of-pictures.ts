import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import { type Checkpoint, captureActivations, captureGradients } from '../../network/run-network';
import { explainedOf, type Kept } from '../../network/targets/explained';
import type { Target } from '../../network/targets/target';
import { picturesAtOnce } from '../../saliency/at-input/input-passes';
import type { AttentionChoice } from '../../saliency/attention/raw-attention';
import { compare } from '../../saliency/explain-layers';
import { saliencyMethods } from '../../saliency/map-of-method';
import type { SaliencyMethod } from '../../saliency/method-names';
import { onePassMap } from '../../saliency/one-pass-map';
import { isByComponent, isOverVariants, type MapSmoothing } from '../../saliency/smoothing/map-smoothing';
import type { MapData } from '../../semiotics/map-data';

export interface PicturesOptions {
  methods: readonly SaliencyMethod[];
  /** Nodes whose maps are wanted, in order. */
  layers: readonly number[];
  /** What is explained of each picture. */
  targets: readonly (Target | Kept)[];
  /** How maps are smoothed, as far as that applies to a method; left out, they are not. */
  smooth?: MapSmoothing;
  /** Whose attention is shown, where a method shows attention. */
  attention?: AttentionChoice;
  checkpoint: Checkpoint;
  /** Told the number of pictures that are done. */
  onDone(pictures: number): void;
}

/** Maps by method, picture and layer. */
export type PicturesMaps = Map<SaliencyMethod, MapData[][]>;

/**
 * Maps of several pictures by several methods: those of one pass share it, forward and backward, for all layers and a batch of
 * pictures; others take the pictures one by one.
 * @param pictures [b, h, w, c]; stays the caller's
 */
export async function mapsOfPictures(
  network: Network,
  pictures: tf.Tensor4D,
  { methods, layers, targets, smooth, attention, checkpoint, onDone }: PicturesOptions,
): Promise<PicturesMaps> {
  const count = pictures.shape[0];
  const maps: PicturesMaps = new Map(
    methods.map((method) => [method, Array.from({ length: count }, (): MapData[] => [])]),
  );
  const together = methods.filter(
    (method) => ['activation', 'gradient'].includes(saliencyMethods[method].reads) && !isOverVariants(smooth),
  );
  const alone = methods.filter((method) => !together.includes(method));
  const batch = picturesAtOnce(network);
  for (let start = 0; start < count; start += batch) {
    const end = Math.min(count, start + batch);
    const own = targets.slice(start, end);
    const slice = tf.slice4d(pictures, [start, 0, 0, 0], [end - start, -1, -1, -1]);
    try {
      if (together.length > 0) {
        const found = await mapsTogether(network, slice, together, {
          ...{ layers, targets: own, smooth, checkpoint },
        });
        for (const [method, byPicture] of found) {
          byPicture.forEach((ofLayers, i) => {
            (maps.get(method) as MapData[][])[start + i] = ofLayers;
          });
        }
      }
      for (let i = start; i < end && alone.length > 0; i++) {
        const picture = tf.slice4d(pictures, [i, 0, 0, 0], [1, -1, -1, -1]);
        try {
          const asked = { methods: alone, layers, target: targets[i], smooth, attention, checkpoint };
          for (const { method, layers: ofLayers } of (await compare(network, picture, asked)).methods) {
            (maps.get(method) as MapData[][])[i] = ofLayers.map(({ map }) => map);
          }
        } finally {
          picture.dispose();
        }
      }
    } finally {
      slice.dispose();
    }
    onDone(end - start);
  }
  return maps;
}

async function mapsTogether(
  network: Network,
  pictures: tf.Tensor4D,
  methods: readonly SaliencyMethod[],
  {
    layers,
    targets,
    smooth,
    checkpoint,
  }: Pick<PicturesOptions, 'layers' | 'targets' | 'smooth' | 'checkpoint'>,
): Promise<PicturesMaps> {
  const count = pictures.shape[0];
  const kept = new Map<SaliencyMethod, Map<number, tf.Tensor2D[]>>(
    methods.map((method) => [method, new Map()]),
  );
  const keep = async (node: number, activation: tf.Tensor4D, gradient: tf.Tensor4D | null) => {
    for (let picture = 0; picture < count; picture++) {
      const own = tf.slice4d(activation, [picture, 0, 0, 0], [1, -1, -1, -1]);
      const slope = gradient && tf.slice4d(gradient, [picture, 0, 0, 0], [1, -1, -1, -1]);
      for (const method of methods) {
        const byNode = kept.get(method) as Map<number, tf.Tensor2D[]>;
        const maps = byNode.get(node) ?? [];
        byNode.set(node, maps);
        const map = await onePassMap(method, own, slope, isByComponent(smooth));
        if (map) maps.push(map);
      }
      own.dispose();
      slope?.dispose();
    }
  };
  try {
    if (methods.every((method) => saliencyMethods[method].reads === 'activation')) {
      const onLayer = (node: number, activation: tf.Tensor4D) => keep(node, activation, null);
      await captureActivations(network, pictures, { layers, onLayer, checkpoint });
    } else {
      await captureGradients(network, pictures, {
        ...{ layers, onLayer: keep, checkpoint },
        chooseTarget: async (_logits, picture, read) =>
          (await explainedOf(network, targets[picture], read)).score,
      });
    }
    const read: PicturesMaps = new Map();
    for (const [method, byNode] of kept) {
      const byLayer = await Promise.all(
        layers.map((node) => Promise.all((byNode.get(node) ?? []).map(mapData))),
      );
      read.set(
        method,
        Array.from({ length: count }, (_, picture) => byLayer.map((maps) => maps[picture])),
      );
    }
    return read;
  } finally {
    for (const byNode of kept.values()) for (const maps of byNode.values()) tf.dispose(maps);
  }
}

async function mapData(map: tf.Tensor2D): Promise<MapData> {
  const [height, width] = map.shape;
  return { values: Float32Array.from(await map.data()), width, height };
}
