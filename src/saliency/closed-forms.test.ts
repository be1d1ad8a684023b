import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { networkFromModel, startBackend } from '../engine/engine-testing';
import type { Network } from '../network/network';
import { captureGradients, forward, runTail } from '../network/run-network';
import { seededRandom } from '../semiotics';
import { explain } from './explain-layers';

const unhurried = async () => {};
const side = 12;
const classes = 3;

const random = seededRandom(7);
const numbers = (count: number, scale = 1) =>
  Array.from({ length: count }, () => (random.next() - 0.5) * 2 * scale);
const nodeNamed = (network: Network, name: string) => network.nodes.findIndex((node) => node.name === name);

const convolution = (
  name: string,
  inputs: number,
  filters: number,
  activation: 'relu' | 'linear',
  useBias = true,
) =>
  tfl.layers.conv2d({
    name,
    filters,
    kernelSize: 3,
    padding: 'same',
    activation,
    useBias,
    weights: [
      tf.tensor4d(numbers(9 * inputs * filters, 2 / Math.sqrt(9 * inputs)), [3, 3, inputs, filters]),
      ...(useBias ? [tf.tensor1d(numbers(filters, 0.2))] : []),
    ],
  });

const dense = (inputs: number, kernel: number[], useBias: boolean) =>
  tfl.layers.dense({
    name: 'logits',
    units: classes,
    useBias,
    weights: [tf.tensor2d(kernel, [inputs, classes]), ...(useBias ? [tf.tensor1d(numbers(classes))] : [])],
  });

const image = () => tfl.input({ shape: [side, side, 3], name: 'image' });
const through = (start: tfl.SymbolicTensor, ...layers: tfl.layers.Layer[]) =>
  layers.reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, start);
const picture = () => tf.tensor4d(numbers(side * side * 3), [1, side, side, 3]);

describe.each(['cpu', 'wasm'] as const)('closed forms on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  it('before a mean and a linear head, Grad-CAM, HiResCAM and XGrad-CAM are CAM over N', async () => {
    const channels = 6;
    const head = numbers(channels * classes);
    const start = image();
    const end = through(
      start,
      convolution('first', 3, 5, 'relu'),
      tfl.layers.maxPooling2d({ poolSize: 2 }),
      convolution('last', 5, channels, 'relu'),
      tfl.layers.globalAveragePooling2d({} as never),
      dense(channels, head, true),
    );
    const network = await networkFromModel(tfl.model({ inputs: start, outputs: end }));
    const input = picture();
    const last = nodeNamed(network, 'last');
    const outputs = await forward(network, input, unhurried);
    const activation = await outputs[last].data();
    for (const tensor of outputs) tensor.dispose();
    const positions = (side / 2) ** 2;
    for (let target = 0; target < classes; target++) {
      // CAM (Zhou et al. 2016, equation 2) needs no gradient: the head's weights over the channels.
      const cam = Array.from({ length: positions }, (_, at) => {
        let sum = 0;
        for (let k = 0; k < channels; k++) sum += head[k * classes + target] * activation[at * channels + k];
        return Math.max(0, sum) / positions;
      });
      for (const method of ['grad-cam', 'hires-cam', 'xgrad-cam'] as const) {
        const { layers } = await explain(network, input, {
          method,
          layers: [last],
          target,
          checkpoint: unhurried,
        });
        layers[0].map.values.forEach((value, at) => {
          expect(Math.abs(value - cam[at]), `${method}, class ${target}`).toBeLessThan(1e-6);
        });
      }
    }
    input.dispose();
    network.dispose();
  });

  it('on a tail of ReLU, pooling and products without bias, the sum of gradient times activation is the logit', async () => {
    const start = image();
    const end = through(
      start,
      convolution('a', 3, 6, 'relu'),
      convolution('b', 6, 8, 'relu', false),
      tfl.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      convolution('c', 8, 7, 'relu', false),
      tfl.layers.flatten(),
      dense((side / 2) ** 2 * 7, numbers((side / 2) ** 2 * 7 * classes, 0.2), false),
    );
    const network = await networkFromModel(tfl.model({ inputs: start, outputs: end }));
    const input = picture();
    for (let target = 0; target < classes; target++) {
      const sums: number[] = [];
      const { logits } = await captureGradients(network, input, {
        layers: ['a', 'b', 'pool', 'c'].map((name) => nodeNamed(network, name)),
        chooseTarget: () => target,
        onLayer: async (_, activation, gradient) => {
          const product = tf.tidy(() => tf.sum(tf.mul(activation, gradient)));
          sums.push((await product.data())[0]);
          product.dispose();
        },
        checkpoint: unhurried,
      });
      expect(sums).toHaveLength(4);
      for (const sum of sums) expect(Math.abs(sum - logits[target])).toBeLessThan(1e-5);
    }
    input.dispose();
    network.dispose();
  });

  it('the captured gradients agree with finite differences, across an addition and a concatenation', async () => {
    const start = image();
    // Smooth, so that differences have no kinks to step over.
    const smooth = (x: tfl.SymbolicTensor, name: string, inputs: number, filters: number) =>
      through(x, convolution(name, inputs, filters, 'linear'), tfl.layers.activation({ activation: 'tanh' }));
    const a = smooth(start, 'a', 3, 4);
    const sum = tfl.layers.add().apply([smooth(a, 'b', 4, 5), smooth(a, 'c', 4, 5)]) as tfl.SymbolicTensor;
    const both = tfl.layers.concatenate().apply([smooth(sum, 'd', 5, 3), smooth(a, 'e', 4, 3)]);
    const end = through(
      smooth(through(both as tfl.SymbolicTensor, tfl.layers.averagePooling2d({ poolSize: 2 })), 'f', 6, 5),
      tfl.layers.flatten(),
      dense((side / 2) ** 2 * 5, numbers((side / 2) ** 2 * 5 * classes, 0.5), true),
    );
    const network = await networkFromModel(tfl.model({ inputs: start, outputs: end }));
    const input = picture();
    const target = 1;
    const outputs = await forward(network, input, unhurried);
    const gradients = new Map<number, Float32Array>();
    const layers = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => nodeNamed(network, name));
    await captureGradients(network, input, {
      layers,
      chooseTarget: () => target,
      onLayer: async (node, _, gradient) => {
        gradients.set(node, Float32Array.from(await gradient.data()));
      },
      checkpoint: unhurried,
    });
    const step = 0.02;
    for (const node of layers) {
      const base = await outputs[node].data();
      const gradient = gradients.get(node) as Float32Array;
      const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const entries = Array.from({ length: 12 }, () => Math.floor(random.next() * base.length));
      const variants = entries.flatMap((entry) =>
        [step, -step].map((change) => {
          const values = Float32Array.from(base);
          values[entry] += change;
          return values;
        }),
      );
      const [, ...shape] = outputs[node].shape;
      const batch = tf.tensor(Float32Array.from(variants.flatMap((values) => [...values])), [
        variants.length,
        ...shape,
      ]);
      const scores = await runTail(network, node, batch, outputs, unhurried);
      const logits = await scores.data();
      entries.forEach((entry, i) => {
        const difference =
          (logits[2 * i * classes + target] - logits[(2 * i + 1) * classes + target]) / (2 * step);
        expect(
          Math.abs(difference - gradient[entry]),
          `${network.nodes[node].name}, entry ${entry}`,
        ).toBeLessThan(0.002 * largest);
      });
      batch.dispose();
      scores.dispose();
    }
    for (const tensor of [...outputs, input]) tensor.dispose();
    network.dispose();
  });
});
