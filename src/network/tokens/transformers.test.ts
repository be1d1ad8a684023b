import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { explainedKinds, featureLayers, type Network, operationLayers } from '../network';
import { distance, graphOf, picture } from '../onnx/onnx-testing';
import { captureGradients, forward, predict, runTail } from '../run-network';
import { winnerOf } from '../targets/explained';

interface Reference {
  size: number;
  logits: number[];
  /** Grad-CAM of the highest class at a block, before its negative values are cut off; [h, w] row by row. */
  maps: { row: string; shape: [number, number]; values: number[] }[];
}

const folder = path.join(import.meta.dirname, 'fixtures');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.onnx') && existsSync(path.join(folder, file.replace('.onnx', '.json'))))
  .map((file) => file.replace('.onnx', ''));

const unhurried = async () => {};

const networkOf = async (name: string, fuse = true): Promise<Network> =>
  buildNetwork(await graphOf(Uint8Array.from(readFileSync(path.join(folder, `${name}.onnx`)))), { fuse });

const layersOf = (network: Network) =>
  featureLayers(network, explainedKinds()).map((node) => network.nodes[node].name);

beforeAll(() => startBackend('wasm'));

describe('transformers exported by PyTorch compute what PyTorch computes', () => {
  it.each(names)('%s', async (name) => {
    const reference: Reference = JSON.parse(readFileSync(path.join(folder, `${name}.json`)).toString());
    const before = tf.memory().numTensors;
    const network = await networkOf(name);
    const x = picture(reference.size);
    const found = new Map<string, Float32Array>();
    const { logits } = await captureGradients(network, x, {
      layers: featureLayers(network, explainedKinds()),
      chooseTarget: winnerOf,
      onLayer: (node, activation, gradient) => {
        const map = tf.tidy(() => tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3).dataSync());
        found.set(network.nodes[node].name, map as Float32Array);
      },
      checkpoint: unhurried,
    });
    expect(distance(logits, reference.logits)).toBeLessThan(1e-4);
    const compared = reference.maps.filter(({ row }) => found.has(row));
    expect(compared.length).toBeGreaterThanOrEqual(Math.min(2, reference.maps.length));
    for (const { row, values } of compared) {
      expect(distance(found.get(row) as Float32Array, values), row).toBeLessThan(1e-3);
    }
    x.dispose();
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a prediction of a transformer', () => {
  it.each(names)('computes its attention at once, with the same logits: %s', async (name) => {
    const network = await networkOf(name);
    const { size }: Reference = JSON.parse(readFileSync(path.join(folder, `${name}.json`)).toString());
    const x = picture(size);
    const before = tf.memory().numTensors;
    const atOnce = network.attention.filter(({ node }) =>
      network.nodes.some((each) => each.atOnce?.skips.includes(node)),
    );
    // What xcit weighs are channels, which lie the other way round, before its class token attends.
    expect(atOnce).toHaveLength(name === 'xcit' ? 1 : network.attention.length);
    const outputs = await forward(network, x, unhurried);
    const logits = await predict(network, x, unhurried);
    expect(distance(logits, Array.from(outputs[network.output].dataSync()))).toBeLessThan(1e-5);
    tf.dispose(outputs);
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    network.dispose();
  });
});

describe('an analysis of a transformer', () => {
  it('holds no activation that nobody reads on the way back', async () => {
    const network = await networkOf('vit');
    const x = picture(32);
    const before = tf.memory().numBytes;
    const bytesOf = (tensors: tf.Tensor[]) => {
      const bytes = tf.memory().numBytes - before;
      tf.dispose(tensors);
      return bytes;
    };
    const all = bytesOf(await forward(network, x, unhurried));
    let held = 0;
    await captureGradients(network, x, {
      layers: featureLayers(network, explainedKinds()),
      chooseTarget: (logits) => {
        held = tf.memory().numBytes - before;
        return winnerOf(logits);
      },
      onLayer: () => {},
      checkpoint: unhurried,
    });
    expect(held).toBeLessThan(0.6 * all);
    let most = 0;
    await predict(network, x, async () => {
      most = Math.max(most, tf.memory().numBytes - before);
    });
    expect(most).toBeLessThan(0.2 * all);
    expect(tf.memory().numBytes).toBe(before);
    x.dispose();
    network.dispose();
  });
});

describe('the layers of a transformer', () => {
  it('are its patches and its blocks; what the last one reads, where a class token alone goes on', async () => {
    const network = await networkOf('vit');
    expect(layersOf(network)).toEqual(['patch_embed.proj', 'blocks.0', 'blocks.1.norm1']);
    const [, block, last] = featureLayers(network, explainedKinds()).map((node) => network.nodes[node]);
    expect([block.kind, last.kind]).toEqual(['block', 'block-input']);
    expect(block.shape).toEqual([4, 4, 12]);
    network.dispose();
  });

  it('are the same blocks where nothing is fused, and where the newer exporter wrote the file', async () => {
    for (const network of [await networkOf('vit', false), await networkOf('vit-export')]) {
      expect(layersOf(network)).toEqual(['patch_embed.proj', 'blocks.0', 'blocks.1.norm1']);
      network.dispose();
    }
  });

  it('end with the last block where all tokens are averaged', async () => {
    const network = await networkOf('vit-registers');
    expect(layersOf(network)).toEqual(['patch_embed.proj', 'blocks.0', 'blocks.1']);
    network.dispose();
  });

  it('take other activations: the logits are those of the changed tokens', async () => {
    const network = await networkOf('vit');
    const x = picture(32);
    const outputs = await forward(network, x, unhurried);
    const [, block] = featureLayers(network, explainedKinds());
    const same = outputs[block];
    const variants = tf.tidy(() => tf.concat([same, tf.zerosLike(same)]));
    const logits = await runTail(network, block, variants, outputs, unhurried);
    const [kept, changed] = logits.arraySync() as number[][];
    expect(distance(kept, Array.from(outputs[network.output].dataSync()))).toBeLessThan(1e-5);
    expect(distance(changed, kept)).toBeGreaterThan(1e-2);
    tf.dispose([x, outputs, variants, logits]);
    network.dispose();
  });

  it('give each picture of a batch what it gets alone', async () => {
    for (const name of ['vit', 'swin'].filter((each) => names.includes(each))) {
      const network = await networkOf(name);
      const [a, b] = [picture(32), tf.tidy(() => tf.reverse(picture(32), 2) as tf.Tensor4D)];
      const both = tf.concat4d([a, b], 0);
      const together = await predict(network, both, unhurried);
      const apart = [...(await predict(network, a, unhurried)), ...(await predict(network, b, unhurried))];
      expect(distance(together, apart)).toBeLessThan(1e-5);
      tf.dispose([a, b, both]);
      network.dispose();
    }
  });
});

describe('the attention of a transformer', () => {
  it('is told block by block, with where its tokens lie', async () => {
    const network = await networkOf('vit');
    expect(network.attention.map(({ node: _, ...rest }) => rest)).toEqual(
      ['blocks.0', 'blocks.1'].map((block) => ({
        block,
        heads: 2,
        tokens: 17,
        places: { grid: [4, 4], first: 1, classToken: 0 },
        windows: null,
      })),
    );
    network.dispose();
  });

  it('has rows that sum to 1', async () => {
    const network = await networkOf('deit-distilled');
    const x = picture(32);
    const outputs = await forward(network, x, unhurried);
    expect(network.attention).toHaveLength(2);
    for (const { node, heads, tokens, places } of network.attention) {
      expect(outputs[node].shape).toEqual([1, heads, tokens, tokens]);
      expect(places?.first).toBe(2);
      const sums = tf.tidy(() => tf.sum(outputs[node], -1).dataSync());
      expect(Math.max(...sums.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-5);
    }
    tf.dispose([x, outputs]);
    network.dispose();
  });
});

describe('every operation of a transformer', () => {
  it('has queries, keys, values, attention and MLP on the grid of their tokens', async () => {
    const network = await networkOf('vit', false);
    const inside = operationLayers(network).filter((node) => network.nodes[node].name.startsWith('blocks.0'));
    expect(inside.map((node) => network.nodes[node].name)).toEqual([
      'blocks.0.norm1',
      'blocks.0.attn.qkv',
      'blocks.0, queries',
      'blocks.0, keys',
      'blocks.0, values',
      'blocks.0, attention',
      'blocks.0.attn.proj',
      'blocks.0.norm2',
      'blocks.0.mlp.fc1',
      'blocks.0.mlp.act',
      'blocks.0.mlp.fc2',
      'blocks.0',
    ]);
    const x = picture(32);
    const outputs = await forward(network, x, unhurried);
    const valuesOf = (name: string) =>
      outputs[network.nodes.findIndex((node) => node.name === name)].dataSync();
    // Of all tokens, the class token first: all three side by side.
    const all = valuesOf('blocks.0.attn.qkv.add');
    const width = all.length / 17 / 3;
    // Queries and keys may be scaled before they are multiplied.
    ['queries', 'keys', 'values'].forEach((what, third) => {
      const own = valuesOf(`blocks.0, ${what}`);
      const part = Array.from(own, (_, i) => {
        const [place, channel] = [Math.floor(i / width), i % width];
        return all[(place + 1) * 3 * width + third * width + channel];
      });
      const factor = own[0] / part[0];
      expect(
        distance(
          own,
          part.map((value) => factor * value),
        ),
      ).toBeLessThan(1e-5);
    });
    const plain = await networkOf('vit');
    const [logits, usual] = [await predict(network, x, unhurried), await predict(plain, x, unhurried)];
    expect(distance(logits, Array.from(usual))).toBeLessThan(1e-5);
    tf.dispose([x, outputs]);
    network.dispose();
    plain.dispose();
  });
});

describe('of a last block that hands on its class token alone, nothing else is computed behind its attention', () => {
  const withClassToken = ['vit', 'vision-vit', 'vit-export'];

  it.each(withClassToken)('neither there nor back, with the same gradients: %s', async (name) => {
    const network = await networkOf(name);
    const { size }: Reference = JSON.parse(readFileSync(path.join(folder, `${name}.json`)).toString());
    const ones = picture(size);
    const x = tf.concat([ones, tf.mul(ones, 0.5)]) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    const skipped = network.nodes.flatMap(({ atOnce }) => (atOnce?.backward ? atOnce.skips : []));
    expect(skipped.filter((node) => network.nodes[node].kind === 'dense').length).toBeGreaterThan(0);
    const [layer] = featureLayers(network, explainedKinds());
    const gradientBeside = async (...others: number[]) => {
      let found: Float32Array | null = null;
      const { logits } = await captureGradients(network, x, {
        layers: [layer, ...others],
        chooseTarget: (_, index) => index,
        onLayer: (node, _, gradient) => {
          if (node === layer) found = gradient.dataSync() as Float32Array;
        },
        checkpoint: unhurried,
      });
      return { logits, gradient: found as unknown as Float32Array };
    };
    const own = await gradientBeside();
    // Whoever asks for what all tokens yield there has all of them computed.
    const whole = await gradientBeside(skipped[0]);
    expect(distance(own.logits, Array.from(whole.logits))).toBeLessThan(1e-5);
    expect(distance(own.gradient, Array.from(whole.gradient))).toBeLessThan(1e-5);
    expect(own.gradient.some((value) => value !== 0)).toBe(true);
    const outputs = await forward(network, x, unhurried, new Set([network.output]));
    expect(skipped.every((node) => outputs[node].isDisposed)).toBe(true);
    tf.dispose(outputs);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([ones, x]);
    network.dispose();
  });
});
