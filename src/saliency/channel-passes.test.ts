import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledNetwork, networkFromModel, startBackend } from '../engine/engine-testing';
import { featureLayers, type Network, type NetworkNode } from '../network/network';
import { batchSize, floatsAtOnce, workBehind } from './channel-passes';
import { explain } from './explain-layers';
import type { PassesProgress } from './layer-maps-options';

const node = (kind: NetworkNode['kind'], inputs: number[], shape: number[]): NetworkNode => ({
  name: kind,
  parts: [kind],
  kind,
  inputs,
  shape,
  forward: ([x]) => x,
  backward: () => [],
});

/** image 4x4x3 -> a 4x4x8 -> b 2x2x8 (of a), c 2x2x8 (of a) -> sum 2x2x8 -> logits 5 */
const branched: Network = {
  nodes: [
    node('input', [], [4, 4, 3]),
    node('convolution', [0], [4, 4, 8]),
    node('convolution', [1], [2, 2, 8]),
    node('convolution', [1], [2, 2, 8]),
    node('other', [2, 3], [2, 2, 8]),
    node('dense', [4], [5]),
  ],
  inputShape: [4, 4, 3],
  output: 5,
  attention: [],
  head: 'logits',
  reading: { kind: 'classes', what: '', reason: '', readsEitherWay: true, noun: 'class' },
  dispose: () => {},
};

describe('what a batch of passes takes', () => {
  it('counts the values that live at once, by hand', () => {
    // From the picture: a (128) beside b and c (32 each), before a is freed.
    expect(floatsAtOnce(branched, 0)).toBe(128 + 32 + 32);
    // From b: b, the sum, and c repeated for every variant.
    expect(floatsAtOnce(branched, 2)).toBe(32 + 32 + 32);
    expect(floatsAtOnce(branched, 4)).toBe(32 + 5);
  });

  it('estimates the work behind a node, by hand', () => {
    expect(workBehind(branched, 4)).toBe(5 * 8);
    expect(workBehind(branched, 2)).toBe(5 * 8 + 32);
    expect(workBehind(branched, 0)).toBe(5 * 8 + 32 + 2 * 32 * 8 + 128 * 3);
  });

  it('is bounded in memory and in number, and at least one', () => {
    const large: Network = {
      ...branched,
      nodes: branched.nodes.map((one, i) => (i === 1 ? { ...one, shape: [224, 224, 64] } : one)),
    };
    for (const backend of ['wasm', 'webgpu', 'webgl', 'cpu']) {
      expect(batchSize(branched, 0, backend)).toBe(backend.startsWith('web') ? 32 : 8);
      const batch = batchSize(large, 0, backend);
      expect(batch).toBeGreaterThanOrEqual(1);
      if (batch > 1) expect(batch * 4 * floatsAtOnce(large, 0)).toBeLessThanOrEqual(256e6);
    }
    expect(batchSize(large, 0, 'cpu')).toBe(1);
    expect(batchSize(large, 0, 'webgpu')).toBe(19);
  });
});

/** Convolutions of more channels than are computed at once, on maps so small that a pass takes no time. */
function wideNetwork(): Promise<Network> {
  const image = tfl.input({ shape: [6, 6, 3] });
  const kernelInitializer = (seed: number) => tfl.initializers.glorotUniform({ seed });
  const convolution = (name: string, seed: number) =>
    tfl.layers.conv2d({
      name,
      filters: 160,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: kernelInitializer(seed),
    });
  const layers = [
    convolution('first', 1),
    convolution('second', 2),
    tfl.layers.flatten(),
    tfl.layers.dense({ units: 4, kernelInitializer: kernelInitializer(3) }),
  ];
  const output = layers.reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, image);
  return networkFromModel(tfl.model({ inputs: image, outputs: output }));
}

describe.each(['score-cam', 'ablation-cam'] as const)('%s', (method) => {
  const networks: Record<'bundled' | 'wide', Network | null> = { bundled: null, wide: null };
  beforeAll(async () => {
    await startBackend('wasm');
    Object.assign(networks, { bundled: await bundledNetwork(), wide: await wideNetwork() });
  });
  afterAll(() => Object.values(networks).forEach((network) => void network?.dispose()));

  const lastTwo = (network: Network) => featureLayers(network, ['convolution']).slice(-2);

  async function run(network: Network, checkpoint: () => Promise<void>, notes: PassesProgress[] = []) {
    const [height, width, channels] = network.inputShape;
    const input = tf.randomUniform<tf.Rank.R4>([1, height, width, channels], -1, 1, 'float32', 5);
    const explained = explain(network, input, {
      method,
      layers: lastTwo(network),
      target: null,
      checkpoint,
      onProgress: (progress) => notes.push(progress),
    });
    return explained.finally(() => input.dispose());
  }

  it('tells layer, share and time left, and its share only grows', async () => {
    const notes: PassesProgress[] = [];
    const { layers: made } = await run(networks.wide as Network, async () => {}, notes);
    expect(made.map(({ outcome }) => outcome)).toEqual(['evidence', 'evidence']);
    expect(notes.length).toBeGreaterThan(8);
    expect(notes[0]).toMatchObject({ method, layer: 0, layers: 2, name: 'first', fraction: 0, left: null });
    expect(notes.at(-1)).toMatchObject({ layer: 1, name: 'second', fraction: 1, left: 0 });
    notes.slice(1).forEach((note, i) => {
      expect(note.fraction).toBeGreaterThanOrEqual(notes[i].fraction);
    });
  });

  it('of the bundled network ends at any checkpoint and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    for (const at of [3, 20, 24, 60]) {
      let calls = 0;
      const cancelled = run(networks.bundled as Network, async () => {
        calls += 1;
        if (calls === at) throw new DOMException('cancelled', 'AbortError');
      });
      await expect(cancelled).rejects.toThrow('cancelled');
      expect(calls).toBe(at);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
