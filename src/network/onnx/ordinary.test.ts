import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { NetworkError } from '../network-errors';
import type { Graph, GraphNode } from '../network-graph';
import { predict } from '../run-network';
import { distance, fixture, fixtureText, graphOf } from './onnx-testing';

interface Ordinary {
  /** The file as base64. */
  onnx: string;
  /** What onnxruntime computes of the picture of the recipe. */
  logits?: number[];
  /** Beginning of the sentence of one that is refused. */
  says?: string;
}

const files: Record<string, Ordinary> = JSON.parse(fixtureText('ordinary.json'));
const [refused, read] = [true, false].map((isRefused) =>
  Object.keys(files).filter((name) => (files[name].says !== undefined) === isRefused),
);

const graphIn = (name: string) => graphOf(Uint8Array.from(Buffer.from(files[name].onnx, 'base64')));

/** As `picture()` of the recipe; a network of bytes gets whole numbers. */
const picture = ([height, width, channels]: readonly number[], isBytes: boolean) =>
  tf.tensor4d(
    Float32Array.from({ length: height * width * channels }, (_, i) => {
      const value = Math.fround(((i * 7919) % 1000) / 500 - 1);
      return isBytes ? Math.round((value + 1) * 127.5) : value;
    }),
    [1, height, width, channels],
  );

beforeAll(() => startBackend('wasm'));

describe('networks as exporters write them compute what onnxruntime computes', () => {
  it.each(read)('%s', async (name) => {
    const before = tf.memory().numTensors;
    const network = buildNetwork(await graphIn(name));
    const x = picture(network.inputShape, name.startsWith('bytes'));
    const found = await predict(network, x, async () => {});
    expect(distance(found, files[name].logits as number[])).toBeLessThan(1e-4);
    x.dispose();
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('what cannot be read says what it is', () => {
  it.each(refused)('%s', async (name) => {
    const error = await graphIn(name).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as Error).message).toContain(files[name].says);
  });

  it('a language model and what to open in its place', async () => {
    const error = await graphIn('a language model').catch((error: unknown) => error);
    expect((error as Error).message).toMatch(
      /takes no pictures\. .*timm\.create_model\(.*torch\.onnx\.export\(model\.eval\(\), torch\.zeros\(1, 3, 224, 224\), 'model\.onnx'\)\.$/,
    );
  });
});

describe('a local response normalisation that was taken apart', () => {
  it.each(['TorchScript', 'torch.export'])('by %s is one layer again', async (exporter) => {
    const { nodes } = await graphIn(`local response normalisation, ${exporter}`);
    const kinds = nodes.map(({ spec }) => spec.type);
    expect(kinds.filter((kind) => kind === 'local-response-normalisation')).toHaveLength(1);
    expect(kinds).not.toContain('padding');
    expect(kinds.filter((kind) => kind === 'pooling' || kind === 'merge')).toEqual([]);
    const [layer] = nodes.filter(({ spec }) => spec.type === 'local-response-normalisation') as GraphNode[];
    expect(layer.name).toBe('middle');
  });
});

describe('stored tensors', () => {
  const unusedOf = async (graph: Promise<Graph>) => (await graph).unused;

  it('that nothing is computed from are named with the reason', async () => {
    expect(await unusedOf(graphIn('a weight kept for training'))).toEqual([
      { name: 'bn.num_batches_tracked', reason: 'kept for training' },
    ]);
    expect(await unusedOf(graphIn('a weight of an output that nobody asked for'))).toEqual([
      { name: 'unasked', reason: 'only read by operations that lead to no output' },
    ]);
  });

  const families = [
    ...['alexnet', 'vgg', 'googlenet', 'resnet', 'squeezenet', 'densenet', 'mobilenet_v1', 'mobilenet_v2'],
    ...['mobilenet_v3', 'shufflenet', 'efficientnet', 'regnet', 'convnext', 'open'],
  ];
  const operations: Record<string, { onnx: string }> = JSON.parse(fixtureText('operations.json'));

  it.each(families)('of %s are all read', async (name) => {
    expect(await unusedOf(graphOf(Uint8Array.from(fixture(`${name}.onnx`))))).toEqual([]);
  });

  it.each(Object.keys(operations))('of "%s" are all read', async (name) => {
    const bytes = Uint8Array.from(Buffer.from(operations[name].onnx, 'base64'));
    expect(await unusedOf(graphOf(bytes))).toEqual([]);
  });
});
