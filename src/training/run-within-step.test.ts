import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { fastestForm } from '../backend/fast-convolution/choose-kernel';
import { startBackend } from '../engine/engine-testing';
import { buildNetwork } from '../network/build';
import { predict } from '../network/run-network';
import { architectureGraph } from './architecture/architecture-graph';
import { startingWeights } from './architecture/initial-weights';
import { presetOf } from './architecture/presets';
import { runWithinStep } from './run-within-step';

beforeAll(() => startBackend('wasm'));

const { architecture: whole } = presetOf('small-resnet');
const architecture = { ...whole, side: 16 };
const network = () => buildNetwork(architectureGraph(architecture, startingWeights(architecture, 3, [])));
const pictures = () => tf.randomUniform([4, 16, 16, 3], -1, 1, 'float32', 5) as tf.Tensor4D;

it('computes what the network does, but for the rounding of a training step, and frees what is between', async () => {
  const [built, x] = [network(), pictures()];
  const expected = await predict(built, x, async () => {});
  const before = tf.memory().numTensors;
  const output = runWithinStep(built, built.output, x);
  expect(tf.memory().numTensors).toBe(before + 1);
  const actual = Array.from(output.dataSync());
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-4);
  // Other kernels have computed it.
  expect(actual).not.toEqual(Array.from(expected));
  tf.dispose([output, x]);
  built.dispose();
});

it('leaves nothing behind where a layer fails, and explanations with the kernels that they had', () => {
  const [built, x] = [network(), pictures()];
  const extent = {
    geometry: { kernel: [3, 3], strides: [1, 1], dilations: [1, 1], top: 1, left: 1 },
    ...{ batch: 4, height: 16, width: 16, channelsIn: 16, channelsOut: 16, turned: false },
  } as Parameters<typeof fastestForm>[0];
  const forms: (string | null)[] = [];
  vi.spyOn(built.nodes[3], 'forward').mockImplementation(() => {
    forms.push(fastestForm(extent));
    throw new Error('It cannot.');
  });
  const before = tf.memory().numTensors;
  expect(() => runWithinStep(built, built.output, x)).toThrow('It cannot.');
  expect(tf.memory().numTensors).toBe(before);
  expect([...forms, fastestForm(extent)]).toEqual(['winograd', 'given']);
  x.dispose();
  built.dispose();
});
