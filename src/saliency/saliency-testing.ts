import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { networkFromModel } from '../engine/engine-testing';
import type { Network } from '../network/network';
import type { SaliencyMethod } from './method-names';
import type { MapSmoothing } from './smoothing/map-smoothing';

/** Two tiny networks with their maps in float64, by `fixtures/methods.py`. */
export interface Case {
  nodes: {
    name: string;
    inputs: string[];
    kind: 'convolution' | 'pooling' | 'add' | 'concatenate' | 'mean' | 'dense';
    activation?: 'relu' | 'linear';
    kernel?: number[][][][] | number[][];
    bias?: number[];
  }[];
  input: number[][][];
  target: number;
  logits: number[];
  layers: {
    name: string;
    maps: Record<SaliencyMethod, number[][]>;
    /** How far the maps of pytorch-grad-cam are from these, relative L2. */
    library: Record<string, number>;
    /** Maps of some methods by each smoothing; distances of those of pytorch-grad-cam from `aug`. */
    smoothed: {
      maps: Record<Exclude<MapSmoothing, 'none'>, Partial<Record<SaliencyMethod, number[][]>>>;
      library: Record<string, number>;
    };
  }[];
}

export const cases: Record<'sequence' | 'branches', Case> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/methods.json'), 'utf8'),
);
/** `head` multiplies weights and biases of the last layer, and so every logit. */
export function networkOf({ nodes, input }: Case, head = 1): Promise<Network> {
  const image = tfl.input({ shape: [input.length, input[0].length, 3], name: 'image' });
  const made = new Map<string, tfl.SymbolicTensor>([['image', image]]);
  for (const { name, inputs, kind, activation = 'linear', kernel, bias } of nodes) {
    const from = inputs.map((key) => made.get(key) as tfl.SymbolicTensor);
    const weights = () => [tf.tensor(kernel as number[][]), tf.tensor1d(bias as number[])];
    const scaled = () => weights().map((tensor) => tf.mul(tensor, head));
    const layer = {
      convolution: () => {
        const { shape } = tf.tensor(kernel as number[][][][]);
        const [kernelSize, filters] = [[shape[0], shape[1]] as [number, number], shape[3] as number];
        return tfl.layers.conv2d({
          name,
          filters,
          kernelSize,
          padding: 'same',
          activation,
          weights: weights(),
        });
      },
      pooling: () => tfl.layers.maxPooling2d({ name, poolSize: 2 }),
      add: () => tfl.layers.add({ name }),
      concatenate: () => tfl.layers.concatenate({ name }),
      mean: () => tfl.layers.globalAveragePooling2d({ name } as never),
      dense: () => tfl.layers.dense({ name, units: bias?.length ?? 0, weights: scaled() }),
    }[kind]();
    made.set(name, layer.apply(from.length === 1 ? from[0] : from) as tfl.SymbolicTensor);
  }
  return networkFromModel(tfl.model({ inputs: image, outputs: made.get('logits') as tfl.SymbolicTensor }));
}

export const norm = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

export const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  norm(Array.from(a, (value, i) => value - b[i])) / norm(b);
