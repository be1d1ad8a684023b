import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledNetwork, hasShared, sharedFolder, startBackend } from '../engine/engine-testing';
import { buildNetwork } from '../network/build';
import { featureLayers, type Network } from '../network/network';
import { fixture, graphOf } from '../network/onnx/onnx-testing';
import { compare, explain } from './explain-layers';
import type { SaliencyMethod } from './method-names';

const folder = path.join(sharedFolder, 'oracles/photos10');
const pictures = ['golf-ball', 'church', 'english-springer', 'parachute'];
const onePass: SaliencyMethod[] = [
  ...(['grad-cam', 'grad-cam++', 'hires-cam', 'layer-cam', 'xgrad-cam'] as const),
  ...(['eigen-cam', 'activation'] as const),
];
const unchecked = async () => {};

/** A network whose pictures take the CPU backend no seconds. */
const small = async () => buildNetwork(await graphOf(fixture('vgg.onnx')));

interface OracleRun {
  class: number;
  logits: number[];
  layers: { name: string; size: number; sums: Record<string, number>; maps: Record<string, string> }[];
}

const oracleOf = (name: string): { runs: OracleRun[] } =>
  JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));

async function inputOf(name: string): Promise<tf.Tensor4D> {
  const { data } = await sharp(path.join(folder, `${name}.png`))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return tf.tensor4d(
    Float32Array.from(data, (value) => value / 127.5 - 1),
    [1, 112, 112, 3],
  );
}

function floats(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe.skipIf(!hasShared).each(['cpu', 'wasm'] as const)(
  'the bundled network on %s against PyTorch in float64 (skipped where ../shared is absent)',
  (backend) => {
    let network: Network;
    beforeAll(async () => {
      await startBackend(backend);
      network = await bundledNetwork();
    });
    afterAll(() => network.dispose());

    // The CPU backend takes seconds for one class of one picture: it explains one that is not the winner.
    it.each(backend === 'wasm' ? pictures : ['golf-ball'])(
      '%s: logits to 1e-4, and every method of one pass to 1e-3 at every layer',
      async (name) => {
        const input = await inputOf(name);
        const { runs } = oracleOf(name);
        for (const run of backend === 'wasm' ? runs : runs.slice(-1)) {
          const result = await compare(network, input, {
            methods: onePass,
            layers: featureLayers(network, ['convolution']),
            target: run.class,
            checkpoint: unchecked,
          });
          const winner = run.logits.indexOf(Math.max(...run.logits));
          expect(result.logits.indexOf(Math.max(...result.logits))).toBe(winner);
          run.logits.forEach((logit, i) => {
            expect(Math.abs(result.logits[i] - logit)).toBeLessThan(1e-4);
          });
          for (const { method, layers } of result.methods) {
            expect(layers.map((layer) => layer.name)).toEqual(run.layers.map((layer) => layer.name));
            layers.forEach((layer, i) => {
              const oracle = run.layers[i];
              const where = `${method} of ${layer.name}`;
              const sum = layer.map.values.reduce((total, value) => total + value, 0);
              const expected = oracle.sums[method];
              expect(expected, where).toBeTypeOf('number');
              if (expected === 0) {
                expect(layer.outcome, where).toBe('none');
              } else {
                expect(Math.abs(sum - expected) / expected, `${where}: sum`).toBeLessThan(1e-3);
              }
              const map = oracle.maps[method];
              if (map && expected > 0) {
                const reference = floats(map);
                const error =
                  norm(layer.map.values.map((value, k) => value - reference[k])) / norm(reference);
                expect(error, `${where}: relative L2`).toBeLessThan(1e-3);
              }
            });
          }
        }
        input.dispose();
      },
    );
  },
);

it.each([
  ['cpu', small],
  ['wasm', bundledNetwork],
] as const)('leaves no tensor behind on %s', async (backend, open) => {
  await startBackend(backend);
  const network = await open();
  const [height, width, channels] = network.inputShape;
  const input = tf.randomUniform<tf.Rank.R4>([1, height, width, channels], -1, 1, 'float32', 3);
  const options = {
    method: 'grad-cam' as const,
    layers: featureLayers(network, ['convolution', 'pooling']),
    target: null,
    checkpoint: unchecked,
  };
  expect(options.layers.length).toBeGreaterThan(2);
  await explain(network, input, options);
  const before = tf.memory().numTensors;
  for (let i = 0; i < 5; i++) await explain(network, input, options);
  expect(tf.memory().numTensors).toBe(before);
  network.dispose();
  input.dispose();
});

describe('cancelling', () => {
  it('ends between two layers and leaves no tensor behind', async () => {
    await startBackend('wasm');
    const network = await bundledNetwork();
    const input = tf.zeros<tf.Rank.R4>([1, 112, 112, 3]);
    const before = tf.memory().numTensors;
    for (const at of [3, 18, 25]) {
      let calls = 0;
      const run = explain(network, input, {
        method: 'grad-cam',
        layers: featureLayers(network, ['convolution']),
        target: null,
        checkpoint: async () => {
          calls += 1;
          if (calls === at) throw new DOMException('cancelled', 'AbortError');
        },
      });
      await expect(run).rejects.toThrow('cancelled');
      expect(calls).toBe(at);
    }
    // The turned filters stay with the network; nothing else does.
    const turned = featureLayers(network, ['convolution']).length;
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(turned);
    network.dispose();
    input.dispose();
  });
});
