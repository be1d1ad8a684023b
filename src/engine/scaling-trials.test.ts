import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../network/network';
import { scalingsFor } from '../network/scaling/chosen-scaling';
import type { InputScaling } from '../network/scaling/input-scaling';
import type { InputPicture } from '../picture/picture';
import { networkFromModel, startBackend } from './engine-testing';
import { tryScalings } from './scaling-trials';

const side = 4;

/** A picture of one colour. */
const plain = (...colour: [number, number, number]): InputPicture => ({
  rgba: Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 255 : colour[i % 4])),
  width: side,
  height: side,
});

/** A network whose logits are the means of what it reads, one a channel. */
async function means(channels: number): Promise<Network> {
  const kernel = tf.tensor4d(
    Array.from({ length: channels ** 2 }, (_, i) => (i % (channels + 1) === 0 ? 1 : 0)),
    [1, 1, channels, channels],
  );
  const convolution = layers.layers.conv2d({
    ...{ filters: channels, kernelSize: 1, useBias: false, weights: [kernel] },
    inputShape: [side, side, channels],
  });
  const network = await networkFromModel(
    layers.sequential({ layers: [convolution, layers.layers.globalAveragePooling2d({})] }),
  );
  kernel.dispose();
  return network;
}

const options = {
  checkpoint: async () => {},
  answer(logits: Float32Array) {
    const index = logits.indexOf(Math.max(...logits));
    return { index, label: `class ${index}`, probability: 1, logit: logits[index] };
  },
  onTrial: () => {},
};

beforeAll(() => startBackend('cpu'));

describe('the scalings tried on a picture', () => {
  it('give what the network reads by each: the largest channel, in its own numbers', async () => {
    const network = await means(3);
    const trials = await tryScalings(
      network,
      { inputs: [plain(255, 128, 0)], scalings: scalingsFor(3) },
      options,
    );
    // Red is the largest, by its own numbers; channels of Caffe come as B, G, R, less their means.
    const expected: Record<string, [number, number]> = {
      unit: [0, 1],
      signed: [0, 1],
      imagenet: [0, (1 - 0.485) / 0.229],
      caffe: [2, 255 - 123.68],
      bytes: [0, 255],
    };
    expect(trials.map(({ scaling }) => scaling)).toEqual(Object.keys(expected));
    for (const { scaling, answers } of trials) {
      const [index, logit] = expected[scaling];
      expect(answers).toHaveLength(1);
      expect(answers[0].index, scaling).toBe(index);
      expect(answers[0].logit, scaling).toBeCloseTo(logit, 4);
    }
    network.dispose();
  });

  it('answer for each of several pictures, in their order, and read the luma of them for one channel', async () => {
    const network = await means(1);
    const inputs = [plain(255, 255, 255), plain(0, 0, 0), plain(255, 0, 0)];
    const [unit, bytes] = await tryScalings(network, { inputs, scalings: ['unit', 'bytes'] }, options);
    expect(unit.answers.map(({ logit }) => Number(logit.toFixed(4)))).toEqual([1, 0, 0.299]);
    expect(bytes.answers.map(({ logit }) => Number(logit.toFixed(2)))).toEqual([255, 0, 76.25]);
    network.dispose();
  });

  it('end at a checkpoint that throws, and leave nothing behind', async () => {
    const network = await means(3);
    const before = tf.memory().numTensors;
    const inputs = [plain(1, 2, 3)];
    const scalings: InputScaling[] = ['unit', 'signed', 'bytes'];
    const told: [number, number][] = [];
    let passed = 0;
    const ended = tryScalings(
      network,
      { inputs, scalings },
      {
        ...options,
        onTrial: (...progress) => told.push(progress),
        checkpoint: async () => {
          passed += 1;
          // In the middle of the second pass.
          if (passed > network.nodes.length + 1) throw new Error('cancelled');
        },
      },
    );
    await expect(ended).rejects.toThrow('cancelled');
    expect(told).toEqual([
      [0, 3],
      [1, 3],
    ]);
    expect(tf.memory().numTensors).toBe(before);
    await tryScalings(network, { inputs, scalings }, options);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
  });
});
