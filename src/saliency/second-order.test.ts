import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkFromModel, startBackend } from '../engine/engine-testing';
import { buildNetwork } from '../network/build';
import { gradientAlong } from '../network/hessian-times';
import type { Network } from '../network/network';
import { graphOf } from '../network/onnx/onnx-testing';
import { forward } from '../network/run-network';
import { cosineScore, numberScore, productScore } from '../network/targets/score';
import { fullGradients } from './at-input/full-grad';
import { pictureNode } from './channel-passes';
import { explain } from './explain-layers';
import { assertMovesKnown } from './known-derivatives';
import type { SaliencyMethod } from './method-names';
import { cases, distance, networkOf } from './saliency-testing';

interface Parts {
  map: number[][];
  /** What all parts of FullGrad sum to in float64, and the logit. */
  sum: number;
  logit: number;
  library: number;
  'library as it says': number;
}

interface CurvedCase extends Parts {
  nodes: {
    name: string;
    inputs: string[];
    kind: string;
    activation?: string;
    kernel?: number[];
    bias?: number[];
  }[];
  input: number[][][];
  target: number;
  layers: { name: string; map: number[][]; second: number; library: number }[];
}

/** By `fixtures/second_order.py`. */
const references: { sequence: Parts; branches: Parts; curved: CurvedCase } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/second_order.json'), 'utf8'),
);

const unhurried = async () => {};

/** The network of `Curved`: swish, elu, a gate, a normalisation along channels, softplus. */
function curved({ nodes, input }: CurvedCase): Promise<Network> {
  const image = tfl.input({ shape: [input.length, input[0].length, 3], name: 'image' });
  const made = new Map<string, tfl.SymbolicTensor>([['image', image]]);
  for (const { name, inputs, kind, activation, kernel = [], bias = [] } of nodes) {
    const from = inputs.map((key) => made.get(key) as tfl.SymbolicTensor);
    const weights = () => [tf.tensor(kernel), tf.tensor1d(bias)];
    const own = { name, activation: activation as 'elu', filters: bias.length, units: bias.length };
    const layer = {
      convolution: () => tfl.layers.conv2d({ ...own, kernelSize: 3, padding: 'same', weights: weights() }),
      pooling: () => tfl.layers.maxPooling2d({ name, poolSize: 2 }),
      mean: () => tfl.layers.globalAveragePooling2d({ name } as never),
      dense: () => tfl.layers.dense({ ...own, weights: weights() }),
      multiply: () => tfl.layers.multiply({ name }),
      normalisation: () => tfl.layers.layerNormalization({ name, epsilon: 1e-3, weights: weights() }),
    }[kind as 'dense']();
    if (kind === 'multiply') {
      const places = tfl.layers.reshape({ targetShape: [1, 1, 6] });
      from[1] = places.apply(from[1]) as tfl.SymbolicTensor;
    }
    made.set(name, layer.apply(from.length === 1 ? from[0] : from) as tfl.SymbolicTensor);
  }
  return networkFromModel(tfl.model({ inputs: image, outputs: made.get('logits') as tfl.SymbolicTensor }));
}

const explained = (
  network: Network,
  picture: tf.Tensor4D,
  method: SaliencyMethod,
  layers: number[],
  target: number,
) => explain(network, picture, { method, layers, target, checkpoint: unhurried });

/** The sum of all parts of FullGrad, also of those that lie nowhere in the picture. */
async function sumOfParts(network: Network, input: tf.Tensor4D, target: number): Promise<number> {
  let sum = 0;
  await fullGradients(
    {
      ...{ network, input, gradient: input, probabilityOf: null, checkpoint: unhurried, onShare: () => {} },
      score: numberScore(network.output, target),
    },
    async (part) => {
      sum += Float64Array.from(await part.data()).reduce((total, value) => total + value, 0);
    },
  );
  return sum;
}

describe.each(['cpu', 'wasm'] as const)('first and second order on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  describe.each(['sequence', 'branches', 'curved'] as const)('FullGrad of the network %s', (name) => {
    const { target, input } = name === 'curved' ? references.curved : cases[name];
    let network: Network;
    let picture: tf.Tensor4D;
    beforeAll(async () => {
      network = name === 'curved' ? await curved(references.curved) : await networkOf(cases[name]);
      picture = tf.tensor4d([input]);
    });
    afterAll(() => {
      picture.dispose();
      network.dispose();
    });

    it('is its published equation', async () => {
      const { layers } = await explained(network, picture, 'full-grad', [pictureNode(network)], target);
      expect(layers[0]).toMatchObject({ name: 'input', shape: [12, 12, 3] });
      expect(distance(layers[0].map.values, references[name].map.flat())).toBeLessThan(2e-5);
    });

    it('is complete: all parts sum to the logit', async () => {
      const { sum, logit } = references[name];
      expect(Math.abs(sum - logit)).toBeLessThan(1e-12);
      expect(Math.abs((await sumOfParts(network, picture, target)) - logit)).toBeLessThan(1e-5);
    });
  });

  it.each(['class-token.onnx', 'mean-of-tokens.onnx'])(
    'is complete for the transformer of %s',
    async (file) => {
      const network = await transformer(file);
      const picture = tf.randomNormal<tf.Rank.R4>([1, ...network.inputShape], 0, 1, 'float32', 3);
      const outputs = await forward(network, picture, unhurried);
      const logits = Float32Array.from(await outputs[network.output].data());
      tf.dispose(outputs);
      for (const target of [0, 1]) {
        expect(Math.abs((await sumOfParts(network, picture, target)) - logits[target])).toBeLessThan(1e-4);
      }
      const before = tf.memory().numTensors;
      const { layers } = await explained(network, picture, 'full-grad', [pictureNode(network)], 0);
      expect(layers[0].outcome).toBe('evidence');
      expect(tf.memory().numTensors).toBe(before);
      picture.dispose();
      network.dispose();
    },
  );

  it('Shapley-CAM is its published equation where what is behind a layer is curved', async () => {
    const { layers, input, target } = references.curved;
    const network = await curved(references.curved);
    const picture = tf.tensor4d([input]);
    const before = tf.memory().numTensors;
    const nodes = layers.map(({ name }) =>
      network.nodes.findIndex((node) => node.parts.includes(name) && node.kind !== 'other'),
    );
    const own = await explained(network, picture, 'shapley-cam', nodes, target);
    const first = await explained(network, picture, 'grad-cam', nodes, target);
    layers.forEach(({ name, map, second }, i) => {
      expect(distance(own.layers[i].map.values, map.flat()), name).toBeLessThan(2e-5);
      const apart = distance(own.layers[i].map.values, first.layers[i].map.values);
      if (second === 0) expect(apart, name).toBeLessThan(1e-6);
      else expect(apart, name).toBeGreaterThan(0.1);
    });
    expect(tf.memory().numTensors).toBe(before);
    picture.dispose();
    network.dispose();
  });
});

async function transformer(file: string): Promise<Network> {
  const bytes = readFileSync(path.join(import.meta.dirname, 'attention/fixtures', file));
  return buildNetwork(await graphOf(Uint8Array.from(bytes)));
}

describe('gradients along a direction', () => {
  beforeAll(() => startBackend('cpu'), 60_000);

  it('change in a transformer as gradients on both sides of it do', async () => {
    const network = await transformer('mean-of-tokens.onnx');
    const picture = tf.randomNormal<tf.Rank.R4>([1, ...network.inputShape], 0, 1, 'float32', 3);
    const direction = tf.randomNormal(picture.shape, 0, 1, 'float32', 4);
    const score = numberScore(network.output, 1);
    const from = pictureNode(network);
    const at = async (share: number) => {
      const moved = tf.add(picture, tf.mul(direction, share)) as tf.Tensor4D;
      const outputs = await forward(network, moved, unhurried);
      const { gradient, change } = await gradientAlong(network, {
        from,
        direction,
        outputs,
        score,
        checkpoint: unhurried,
      });
      const found = [gradient, change as tf.Tensor].map((tensor) => Float64Array.from(tensor.dataSync()));
      tf.dispose([outputs, gradient, change as tf.Tensor, moved]);
      return found;
    };
    const [, change] = await at(0);
    // Fourth order: what is left of this quotient is rounding in float32, about 1e-7 / h.
    const h = 0.004;
    const [far, near, nearer, farther] = [await at(-2 * h), await at(-h), await at(h), await at(2 * h)].map(
      ([g]) => g,
    );
    const quotient = near.map((_, i) => (8 * (nearer[i] - near[i]) - (farther[i] - far[i])) / (12 * h));
    expect(distance(change, quotient)).toBeLessThan(1e-3);
    tf.dispose([picture, direction]);
    network.dispose();
  });

  it.each([
    ['of a cosine', cosineScore(0, [0.3, -1, 2])],
    ['of a product', productScore(0, 2, 0)],
  ])('%s change by its second derivative', (_, score) => {
    const [x, v, h] = [[0.7, 1.1, -0.4], [1, -2, 0.5], 1e-3];
    const moved = (share: number) => score.gradient(x.map((value, i) => value + share * v[i]));
    const [before, after] = [moved(-h), moved(h)];
    score.gradientAlong?.(x, v).forEach((change, i) => {
      expect(Math.abs(change - (after[i] - before[i]) / (2 * h))).toBeLessThan(2e-4);
    });
    expect(score.gradientAlong).toBeDefined();
  });
});

it('refuses a network with an operation of which more than the gradient is not known', () => {
  const nodes = [{ name: 'memory', isOpaque: true }] as unknown as Network['nodes'];
  expect(() => assertMovesKnown({ nodes })).toThrow('not known of “memory”');
  expect(() => assertMovesKnown({ nodes: [] })).not.toThrow();
});

describe('pytorch-grad-cam 1.5.7 beside the equations', () => {
  it('agrees on Shapley-CAM', () => {
    for (const { library } of references.curved.layers) expect(library).toBeLessThan(1e-12);
  });

  it('differs on FullGrad: it scales every channel by itself, so that the size of a bias does not matter', () => {
    for (const parts of Object.values(references)) {
      expect(parts.library).toBeGreaterThan(0.1);
      expect(parts['library as it says']).toBeLessThan(1e-6);
    }
  });
});
