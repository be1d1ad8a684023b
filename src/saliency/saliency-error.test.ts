import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import type { Network, NetworkNode } from '../network/network';
import { compare, explain } from './explain-layers';

const unhurried = async () => {};

/** Three layers that hand on what they get; `backwards` says what becomes of the gradient behind each. */
function networkWith(backwards: Record<string, (dy: tf.Tensor) => tf.Tensor>): Network {
  const layer = (name: string, at: number): NetworkNode => ({
    name,
    parts: [name],
    kind: 'convolution',
    inputs: [at],
    shape: [2, 2, 3],
    forward: ([x]) => x.clone(),
    backward: (dy) => [(backwards[name] ?? ((same: tf.Tensor) => same.clone()))(dy)],
  });
  const picture: NetworkNode = {
    name: 'image',
    parts: ['image'],
    kind: 'input',
    inputs: [],
    shape: [2, 2, 3],
    forward: ([x]) => x.clone(),
    backward: () => [],
  };
  const head: NetworkNode = {
    name: 'logits',
    parts: ['logits'],
    kind: 'dense',
    inputs: [3],
    shape: [3],
    forward: ([x]) => tf.tidy(() => tf.mean(x, [1, 2])),
    backward: (dy, [x]) => [tf.tidy(() => tf.mul(tf.onesLike(x), tf.div(tf.reshape(dy, [1, 1, 1, 3]), 4)))],
  };
  return {
    nodes: [picture, layer('one', 0), layer('two', 1), layer('three', 2), head],
    inputShape: [2, 2, 3],
    output: 4,
    attention: [],
    head: 'logits',
    reading: { kind: 'classes', what: '', reason: '', readsEitherWay: true, noun: 'class' },
    dispose: () => {},
  };
}

const picture = () => tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 2, 3]);
const options = { layers: [1, 2, 3], target: 0, checkpoint: unhurried };
const timesAtFirst = (factor: number) => (dy: tf.Tensor) =>
  tf.mul(dy, tf.tensor4d([factor, ...Array(11).fill(1)], [1, 2, 2, 3]));

describe('values that are no numbers', () => {
  beforeAll(() => startBackend('cpu'));

  it('are reported with every layer, their count and where to look', async () => {
    const network = networkWith({ three: timesAtFirst(Number.NaN) });
    await expect(explain(network, picture(), { ...options, method: 'hires-cam' })).rejects.toThrow(
      'HiResCAM: the maps of 2 of 3 layers hold values that are not finite: "one" (1 of 4 values), "two" (1 of 4 values). The logits are finite, so look at the gradients or the method; if backend=wasm shows the same, it is not the backend (cpu).',
    );
  });

  it('are told apart from infinite ones, and one method from another', async () => {
    const network = networkWith({ two: timesAtFirst(Number.POSITIVE_INFINITY) });
    const comparison = compare(network, picture(), {
      ...options,
      methods: ['activation', 'hires-cam', 'layer-cam'],
    });
    await expect(comparison).rejects.toThrow(
      'HiResCAM: the map of 1 of 3 layers hold values that are not finite: "one" (1 of 4 values, 1 of them infinite). LayerCAM:',
    );
    await expect(comparison).rejects.not.toThrow('Activation');
  });

  it('in the logits are named before the maps', async () => {
    const input = tf.tensor4d([Number.NaN, ...Array(11).fill(1)], [1, 2, 2, 3]);
    await expect(explain(networkWith({}), input, { ...options, method: 'eigen-cam' })).rejects.toThrow(
      /^The network's logits are not finite for this picture \(1 of 3\)\. Eigen-CAM: the maps of 3 of 3 layers/,
    );
  });

  it('leave no tensor behind', async () => {
    const network = networkWith({ three: timesAtFirst(Number.NaN) });
    const input = picture();
    const failing = () =>
      explain(network, input, { ...options, method: 'grad-cam' }).catch((error: Error) => error.name);
    expect(await failing()).toBe('SaliencyError');
    const before = tf.memory().numTensors;
    await failing();
    // The factor that spoils the gradient is the test's own.
    expect(tf.memory().numTensors - before).toBe(1);
  });

  it('are not a map that is zero everywhere', async () => {
    const network = networkWith({ three: (dy) => tf.zerosLike(dy) });
    const { layers } = await explain(network, picture(), { ...options, method: 'grad-cam' });
    expect(layers.map(({ outcome }) => outcome)).toEqual(['none', 'none', 'evidence']);
  });
});
