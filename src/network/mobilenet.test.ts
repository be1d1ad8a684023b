import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { hasShared, sharedFolder, startBackend } from '../engine/engine-testing';
import { explain } from '../saliency/explain-layers';
import { buildNetwork } from './build';
import { type ModelFile, weightPaths } from './layers-model';
import { featureLayers } from './network';
import { expectClose } from './ops/testing/run-operation';
import { forward } from './run-network';
import { layersModelGraph } from './testing/layers-at-once';

const folder = path.join(sharedFolder, 'models/mobilenet_v1_0.75_224');
const unhurried = async () => {};

/** Side of the input in pixels. The network takes 224; the tape on the CPU takes half a minute for that, and does the same for less. */
const side = 96;

/** The network's file and its weights, for an input of this side: no weight's shape depends on it. */
function modelOfSide(): { file: ModelFile; weights: ArrayBuffer } {
  const file: ModelFile = JSON.parse(
    readFileSync(path.join(folder, 'model.json'), 'utf8').replace(
      /"batch_input_shape":\s*\[null,\s*224,\s*224,\s*3\]/,
      `"batch_input_shape": [null, ${side}, ${side}, 3]`,
    ),
  );
  const shards = weightPaths(file).map((shard) => readFileSync(path.join(folder, shard)));
  return { file, weights: new Uint8Array(Buffer.concat(shards)).buffer };
}

/**
 * Layers held against the tape, from the last: depthwise and pointwise, with a stride and without. Before them,
 * single ReLU6 gates hang on the last digits of the forward pass (0.00005 between backends); one that flips moves a
 * map by up to one part in a hundred.
 */
const judgedLayers = ['conv_pw_13', 'conv_dw_13', 'conv_dw_12', 'conv_pw_11', 'conv_dw_10', 'conv_dw_7'];

function stockModel(): Promise<LayersModel> {
  const { file, weights } = modelOfSide();
  return loadLayersModel({
    load: async () => ({
      modelTopology: file.modelTopology,
      weightSpecs: file.weightsManifest?.flatMap((group) => group.weights) as tf.io.WeightsManifestEntry[],
      weightData: weights,
    }),
  });
}

async function photograph(): Promise<Float32Array> {
  const { data } = await sharp(path.join(sharedFolder, 'oracles/photos10/church.png'))
    .resize(side, side, { kernel: 'linear' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Float32Array.from(data, (value) => value / 127.5 - 1);
}

interface Referee {
  probabilities: Float32Array;
  target: number;
  /** Grad-CAM by layer, of the logit. */
  maps: Map<string, Float32Array>;
}

/**
 * Spares the tape the gradients of filters, which a convolution joined with its bias computes whether they are asked for or not: most
 * of the time the tape takes. Nothing here reads them.
 */
function withoutFilterGradients() {
  const kernel = tf.getKernel('Conv2DBackpropFilter', 'cpu') as tf.KernelConfig;
  return vi.spyOn(kernel, 'kernelFunc').mockImplementation(({ attrs, backend }) => {
    const shape = (attrs as unknown as { filterShape: number[] }).filterShape;
    const nothing = new Float32Array(tf.util.sizeFromShape(shape)).fill(Number.NaN);
    return (backend as MathBackendCPU).makeTensorInfo(shape, 'float32', nothing);
  });
}

/** TensorFlow.js' own network and tape, on the CPU backend. */
async function referee(values: Float32Array): Promise<Referee> {
  await startBackend('cpu');
  const spared = withoutFilterGradients();
  const model = await stockModel();
  const logitsAt = model.layers.findIndex((layer) => layer.name === 'conv_preds');
  const run = (x: tf.Tensor, from: number, to: number) =>
    model.layers.slice(from, to + 1).reduce((y, layer) => layer.apply(y) as tf.Tensor, x);
  const maps = new Map<string, Float32Array>();
  let result: Pick<Referee, 'probabilities' | 'target'> | null = null;
  tf.tidy(() => {
    const x = tf.tensor4d(values, [1, side, side, 3]);
    const probabilities = (model.predict(x) as tf.Tensor).dataSync() as Float32Array;
    const target = probabilities.indexOf(Math.max(...probabilities));
    result = { probabilities, target };
    // From the logits back, each stretch of layers once.
    const places = judgedLayers.map((name) =>
      model.layers.findIndex((layer) => layer.name === `${name}_relu`),
    );
    const activations = places.map(() => x as tf.Tensor);
    for (let i = places.length - 1; i >= 0; i--) {
      const last = i === places.length - 1;
      activations[i] = run(last ? x : activations[i + 1], last ? 1 : places[i + 1] + 1, places[i]);
    }
    const ends = [logitsAt, ...places];
    const oneHot = tf.reshape(tf.oneHot(tf.tensor1d([target], 'int32'), 1000), [1, 1, 1, 1000]);
    let gradient = tf.cast(oneHot, 'float32');
    judgedLayers.forEach((name, i) => {
      const stretch = (y: tf.Tensor) => run(y, places[i] + 1, ends[i]);
      gradient = tf.grad(stretch)(activations[i], gradient);
      const weights = tf.mean(gradient, [1, 2], true);
      const map = tf.relu(tf.sum(tf.mul(activations[i], weights), 3));
      maps.set(name, map.dataSync() as Float32Array);
    });
  });
  model.dispose();
  expect(spared).toHaveBeenCalled();
  spared.mockRestore();
  return { ...(result as unknown as Pick<Referee, 'probabilities' | 'target'>), maps };
}

describe.skipIf(!hasShared)(
  'MobileNet v1 0.75 against TensorFlow.js (skipped where ../shared is absent)',
  () => {
    let values: Float32Array;
    let judged: Referee;
    beforeAll(async () => {
      values = await photograph();
      judged = await referee(values);
    });

    it.each(['cpu', 'wasm'] as const)(
      'probabilities to 1e-4 and every convolution’s Grad-CAM on %s',
      async (backend) => {
        await startBackend(backend);
        const before = tf.memory().numTensors;
        const { file, weights } = modelOfSide();
        const network = buildNetwork(layersModelGraph(file, weights));
        expect(network.inputShape).toEqual([side, side, 3]);
        expect(network.head).toBe('softmax');
        expect(network.nodes[network.output].shape).toEqual([1000]);
        const x = tf.tensor4d(values, [1, side, side, 3]);
        const outputs = await forward(network, x, unhurried);
        expectClose(
          tf.tidy(() => tf.softmax(outputs[network.output]).dataSync()),
          judged.probabilities,
          1e-4,
        );
        tf.dispose(outputs);

        const rows = featureLayers(network, ['convolution']);
        expect(rows.map((row) => network.nodes[row].name)).toEqual([
          'conv1',
          ...Array.from({ length: 13 }, (_, i) => [`conv_dw_${i + 1}`, `conv_pw_${i + 1}`]).flat(),
        ]);
        const layers = backend === 'cpu' ? rows.slice(-14) : rows;
        const result = await explain(network, x, {
          method: 'grad-cam',
          layers,
          target: null,
          checkpoint: unhurried,
        });
        expect(result.target).toBe(judged.target);
        for (const { name, map } of result.layers) {
          const expected = judged.maps.get(name);
          if (!expected) continue;
          const scale = Math.max(...expected);
          expect(scale, name).toBeGreaterThan(0);
          expectClose(
            map.values.map((value) => value / scale),
            expected.map((value) => value / scale),
            1e-3,
          );
        }
        x.dispose();
        network.dispose();
        expect(tf.memory().numTensors).toBe(before);
      },
    );
  },
);
