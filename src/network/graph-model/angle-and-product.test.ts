import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { type ModelFile, modelGraph } from '../layers-model';
import type { Graph } from '../network-graph';
import { captureGradients } from '../run-network';

const [side, channels] = [4, 3];

const node = (name: string, op: string, input: string[], attr = {}) => ({ name, op, input, attr });

const integers = (name: string, ...values: number[]) => ({ name, values });

/** A graph model of one picture [1, 4, 4, 3] and constants of whole numbers. */
function graphOf(nodes: object[], constants: { name: string; values: number[] }[]) {
  const picture = node('x', 'Placeholder', [], {
    dtype: { type: 'DT_FLOAT' },
    shape: { shape: { dim: [1, side, side, channels].map((size) => ({ size: String(size) })) } },
  });
  const model = {
    format: 'graph-model',
    modelTopology: { node: [picture, ...constants.map(({ name }) => node(name, 'Const', [])), ...nodes] },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: constants.map(({ name, values }) => ({ name, shape: [values.length], dtype: 'int32' })),
      },
    ],
  };
  const bytes = Int32Array.from(constants.flatMap(({ values }) => values));
  return modelGraph(model as unknown as ModelFile, bytes.buffer, side);
}

/** The values of a graph's one output, and the gradient of its highest at the picture. */
async function explained(graph: Graph, values: Float32Array) {
  const network = buildNetwork(graph);
  const x = tf.tensor4d(values, [1, side, side, channels]);
  let gradient: number[] = [];
  const { logits } = await captureGradients(network, x, {
    layers: [0],
    chooseTarget: (all) => all.indexOf(Math.max(...all)),
    onLayer: (_, __, found) => {
      gradient = Array.from(found.dataSync());
    },
    checkpoint: async () => {},
  });
  x.dispose();
  network.dispose();
  return { logits: Array.from(logits), gradient };
}

beforeAll(() => startBackend('cpu'));

describe('operations of TensorFlow that ONNX lacks', () => {
  it('a product over rows and columns, with a place that is 0', async () => {
    const graph = await graphOf([node('product', 'Prod', ['x', 'axes'])], [integers('axes', 1, 2)]);
    const values = Float32Array.from({ length: 48 }, (_, i) => (i === 7 ? 0 : 0.9 + ((i * 7) % 5) / 20));
    const { logits, gradient } = await explained(graph, values);
    const without = (channel: number, left: number) =>
      values.reduce((product, value, i) => (i % 3 !== channel || i === left ? product : product * value), 1);
    const expected = [0, 1, 2].map((channel) => without(channel, -1));
    const highest = expected.indexOf(Math.max(...expected));
    expect(expected[1]).toBe(0);
    for (const [i, value] of expected.entries()) expect(logits[i]).toBeCloseTo(value, 5);
    for (const [i, slope] of gradient.entries()) {
      expect(slope).toBeCloseTo(i % 3 === highest ? without(highest, i) : 0, 4);
    }
  });

  it('the angle of two channels, in all four quarters', async () => {
    const channel = (name: string) =>
      node(name, 'StridedSlice', ['x', `${name} begin`, `${name} end`, 'steps'], {
        ...{ begin_mask: { i: '7' }, end_mask: { i: '7' }, shrink_axis_mask: { i: '8' } },
      });
    const graph = await graphOf(
      [
        ...[channel('y'), channel('second')],
        ...[node('angle', 'Atan2', ['y', 'second']), node('flat', 'Reshape', ['angle', 'shape'])],
      ],
      [
        integers('y begin', 0, 0, 0, 0),
        integers('y end', 0, 0, 0, 1),
        integers('second begin', 0, 0, 0, 1),
        integers('second end', 0, 0, 0, 2),
        integers('steps', 1, 1, 1, 1),
        integers('shape', 1, 16),
      ],
    );
    const values = Float32Array.from({ length: 48 }, (_, i) => Math.sin(1 + 2.3 * i));
    const { logits, gradient } = await explained(graph, values);
    const angles = Array.from({ length: 16 }, (_, i) => Math.atan2(values[3 * i], values[3 * i + 1]));
    expect(new Set(angles.map((angle) => Math.floor(angle / (Math.PI / 2)))).size).toBe(4);
    for (const [i, angle] of angles.entries()) expect(logits[i]).toBeCloseTo(angle, 5);
    const highest = angles.indexOf(Math.max(...angles));
    const [a, b] = [values[3 * highest], values[3 * highest + 1]];
    const slopes = [b / (a * a + b * b), -a / (a * a + b * b), 0];
    for (const [i, slope] of gradient.entries()) {
      expect(slope).toBeCloseTo(Math.floor(i / 3) === highest ? slopes[i % 3] : 0, 4);
    }
  });
});

it('a normalisation in training mode is refused with what to do', async () => {
  const numbers = ['gamma', 'beta', 'mean', 'variance'];
  const normalised = node('norm', 'FusedBatchNormV3', ['x', ...numbers], { is_training: { b: true } });
  const read = () =>
    graphOf(
      [normalised],
      numbers.map((name) => integers(name, 1, 1, 1)),
    );
  await expect(read()).rejects.toThrow('Layer "norm" (FusedBatchNormV3, graph model) is in training mode');
  await expect(read()).rejects.toThrow('Convert the network in evaluation mode (training=False)');
});
