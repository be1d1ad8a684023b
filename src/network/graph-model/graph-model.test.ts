import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { explain } from '../../saliency/explain-layers';
import { buildNetwork } from '../build';
import { readNetworkFiles } from '../files/formats';
import { filesOfBlobs } from '../files/network-files';
import { featureLayers } from '../network';
import { takesAnySize } from '../plan';
import { predict } from '../run-network';
import { relativeError } from '../testing/relative-error';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const side = 32;
const unhurried = async () => {};

const pixels = () => Float32Array.from({ length: side * side * 3 }, (_, i) => ((i * 7919) % 251) / 125 - 1);

interface Reference {
  logits: number[];
  gradCam: Record<string, { shape: number[]; values: number[] }>;
  /** Where Grad-CAM is zero. */
  hiresCam?: Reference['gradCam'];
}

const references: Record<string, Reference> = JSON.parse(
  readFileSync(path.join(fixtures, 'references.json'), 'utf8'),
);

/** The files of a network; `change` edits its model.json. */
const filesOf = (name: string, change = (text: string) => text) =>
  readdirSync(path.join(fixtures, name)).map((file) => {
    const content = readFileSync(path.join(fixtures, name, file));
    return {
      path: file,
      blob: new Blob([file === 'model.json' ? change(content.toString()) : Uint8Array.from(content)]),
    };
  });

const read = (name: string, change?: (text: string) => string) =>
  readNetworkFiles(filesOfBlobs(filesOf(name, change), 'model.json'), {
    signal: new AbortController().signal,
    onBytes: () => {},
    size: side,
  });

beforeAll(() => startBackend('wasm'));

describe('graph models of the TensorFlow.js converter', () => {
  it.each(Object.entries(references))(
    '%s: logits and Grad-CAM are those of TensorFlow',
    async (name, expected) => {
      const before = tf.memory().numTensors;
      const { graph, format } = await read(name);
      expect(format).toBe('tfjs-graph-model');
      expect(takesAnySize(graph)).toBe(name === 'anysize');
      const network = buildNetwork(graph);
      expect(network.inputShape).toEqual([side, side, 3]);
      const x = tf.tensor4d(pixels(), [1, side, side, 3]);
      const { gradCam, hiresCam = {} } = expected;
      for (const [method, maps] of [['grad-cam', gradCam] as const, ['hires-cam', hiresCam] as const]) {
        const result = await explain(network, x, {
          method,
          layers: featureLayers(network, ['convolution']),
          target: null,
          checkpoint: unhurried,
        });
        expect(relativeError(result.logits, expected.logits)).toBeLessThan(1e-4);
        for (const [layer, { shape, values: map }] of Object.entries(maps)) {
          const found = result.layers.find((each) => each.name === layer)?.map;
          expect(found && [found.height, found.width], layer).toEqual(shape);
          expect(relativeError(found?.values ?? [], map), layer).toBeLessThan(1e-3);
        }
      }
      x.dispose();
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  // The shapes within `several` are those of one picture.
  it.each(Object.entries(references).filter(([name]) => name !== 'several'))(
    '%s: of a file for eight pictures one is computed',
    async (name, expected) => {
      const { graph } = await read(name, (text) => {
        const model = JSON.parse(text);
        const picture = model.modelTopology.node.find(({ op }: { op: string }) => op === 'Placeholder');
        picture.attr.shape.shape.dim[0].size = '8';
        return JSON.stringify(model);
      });
      const network = buildNetwork(graph);
      const x = tf.tensor4d(pixels(), [1, side, side, 3]);
      const logits = await predict(network, x, unhurried);
      expect(relativeError(logits, expected.logits)).toBeLessThan(1e-4);
      x.dispose();
      network.dispose();
    },
  );

  it.each(Object.keys(references))('%s: every weight is read', async (name) => {
    expect((await read(name)).graph.unused).toEqual([]);
  });

  it.each([
    [
      'a weight that nothing reads',
      (text: string) => {
        const model = JSON.parse(text);
        const { name } = model.modelTopology.node.find(
          ({ op, name }: { op: string; name: string }) => op === 'Const' && /kernel|weights/i.test(name),
        );
        const entry = model.weightsManifest[0].weights.find((each: { name: string }) => each.name === name);
        // Half of a weight that is there, under a name of its own.
        model.weightsManifest[0].weights.push({ ...entry, name: 'forgotten', shape: [0, 4] });
        return JSON.stringify(model);
      },
      'The weight "forgotten", [0,4], is read by no operation of this network',
    ],
    [
      'an attribute that changes numbers and is not read',
      (text: string) => text.replace('"keep_dims": {', '"reverse": {"b": true}, "keep_dims": {'),
      'has the attribute reverse, which is not read.',
    ],
    [
      'factors that do not fit',
      (text: string) =>
        text.replace(
          /"op": "AvgPool",\s*"input": \[\s*("[^"]+")\s*\]/,
          '"op": "BatchMatMulV2", "input": [$1, $1]',
        ),
      'Layer "avg" (MatMul, graph model) multiplies matrices of 8 x 12 and 8 x 12.',
    ],
    [
      'a choice that yields as much as it finds',
      (text: string) => text.replace('"op": "AvgPool"', '"op": "NonMaxSuppressionV5"'),
      'Layer "avg" is the operation NonMaxSuppressionV5 (graph model), which is not read here. It yields as much as it finds in a picture, which nothing can be explained of.',
    ],
    [
      'a loop',
      (text: string) => text.replace('"op": "AvgPool"', '"op": "Enter"'),
      'It belongs to a loop or a branch that the picture steers. Convert the network without what prepares its pictures one by one, and without what it does behind its boxes and class scores.',
    ],
    [
      'a loop that reads what it yields',
      (text: string) => {
        const model = JSON.parse(text);
        const [pooled] = model.modelTopology.node.filter(({ op }: { op: string }) => op === 'AvgPool');
        const again = { ...pooled, name: 'again', op: 'NextIteration', input: [pooled.name], attr: {} };
        model.modelTopology.node.push(again);
        Object.assign(pooled, { op: 'Merge', input: [...pooled.input, 'again'], attr: {} });
        return JSON.stringify(model);
      },
      'is the operation Merge (graph model), which is not read here. It belongs to a loop or a branch that the picture steers.',
    ],
    [
      'a result that there is not',
      (text: string) =>
        text.replace(
          '"input": ["StatefulPartitionedCall/model/sum/add"]',
          '"input": ["StatefulPartitionedCall/model/sum/add:1"]',
        ),
      'a result that is not computed here.',
    ],
    [
      'an unknown operation',
      (text: string) => text.replace('"op": "AvgPool"', '"op": "Betainc"'),
      'Layer "avg" is the operation Betainc (graph model), which is not read here. Where the network comes from Keras, save it there',
    ],
    [
      'a reference to nothing',
      (text: string) =>
        text.replace('"input": ["StatefulPartitionedCall/model/sum/add"]', '"input": ["nothing"]'),
      'This network refers to "nothing", which it does not contain.',
    ],
    [
      'a cycle',
      (text: string) =>
        text.replace('"input": ["StatefulPartitionedCall/model/sum/add"]', '"input": ["Identity"]'),
      'reads its own output: the network has a cycle.',
    ],
    [
      'channels first',
      (text: string) => text.replaceAll('TkhXQw==', 'TkNIVw=='),
      'works channels first, which is not read.',
    ],
  ])('with %s are refused', async (_, change, says) => {
    const edited = (text: string) => {
      const changed = change(text);
      expect(changed).not.toBe(text);
      return changed;
    };
    await expect(read('mixed', edited)).rejects.toThrow(says);
  });
});
