import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { seededRandom } from '../../semiotics';
import type { LayerOf } from '../architecture/parameter-layout';
import { runConvolution } from './convolution-layer';
import { runDense } from './dense-layer';
import { runDepthwise } from './depthwise-layer';
import { runNormalisation } from './normalisation-layer';
import { runAddition, runDropout, runJoin } from './plain-layer';
import { runPooling } from './pooling-layer';
import type { Activation, LayerRun, WeightOf } from './run-layers';

interface Case {
  inputs: number[][];
  weights: Record<string, number[]>;
  run(inputs: tf.Tensor[], weight: WeightOf): LayerRun;
}

const convolution = (
  size: number,
  stride: 1 | 2,
  padding: 'same' | 'valid',
  biased: boolean,
  activation: Activation = null,
): Case => {
  const shape = [size, size, 2, 3];
  const layer: LayerOf<'convolution'> = {
    kind: 'convolution',
    name: 'c',
    block: null,
    inputs: [],
    shape: [],
    weights: [
      { name: 'c/filter', shape, role: 'filter' },
      ...(biased ? [{ name: 'c/bias', shape: [3], role: 'bias' as const }] : []),
    ],
    size,
    stride,
    padding,
    shortcut: false,
  };
  return {
    inputs: [[2, 6, 6, 2]],
    weights: biased ? { filter: shape, bias: [3] } : { filter: shape },
    run: ([x], weight) => runConvolution(layer, x as tf.Tensor4D, weight, activation),
  };
};

const depthwise = (stride: 1 | 2, biased: boolean, activation: Activation = null): Case => {
  const shape = [3, 3, 2, 1];
  const layer: LayerOf<'depthwise'> = {
    kind: 'depthwise',
    name: 'd',
    block: null,
    inputs: [],
    shape: [],
    weights: [
      { name: 'd/filter', shape, role: 'depthwise' },
      ...(biased ? [{ name: 'd/bias', shape: [2], role: 'bias' as const }] : []),
    ],
    size: 3,
    stride,
    padding: 'same',
  };
  return {
    inputs: [[2, 6, 6, 2]],
    weights: biased ? { depthwise: shape, bias: [2] } : { depthwise: shape },
    run: ([x], weight) => runDepthwise(layer, x as tf.Tensor4D, weight, activation),
  };
};

const normalisation = (activation: Activation): Case => ({
  inputs: [[3, 2, 3, 2]],
  weights: { scale: [2], offset: [2] },
  run: ([x], weight) => runNormalisation(x as tf.Tensor4D, weight, activation),
});

const dense = (activation: Activation): Case => ({
  inputs: [[3, 4]],
  weights: { matrix: [4, 2], bias: [2] },
  run: ([x], weight) => runDense(x as tf.Tensor2D, weight, activation),
});

const cases: Record<string, Case> = {
  'convolution of 3 x 3': convolution(3, 1, 'same', false),
  'convolution of 1 x 1 at stride 2': convolution(1, 2, 'same', false),
  'convolution of 3 x 3 at stride 2, with bias and tanh': convolution(3, 2, 'same', true, 'tanh'),
  'convolution of 5 x 5 without padding, with bias and ReLU': convolution(5, 1, 'valid', true, 'relu'),
  'convolution of each channel': depthwise(1, false),
  'convolution of each channel at stride 2, with bias and ReLU': depthwise(2, true, 'relu'),
  'batch normalisation': normalisation(null),
  'batch normalisation and tanh': normalisation('tanh'),
  'batch normalisation and ReLU': normalisation('relu'),
  'dense layer': dense(null),
  'dense layer and ReLU': dense('relu'),
  'dense layer and tanh': dense('tanh'),
  'maximum pooling': {
    inputs: [[2, 5, 4, 3]],
    weights: {},
    run: ([x]) => runPooling('max', x as tf.Tensor4D),
  },
  'average pooling': {
    inputs: [[2, 5, 4, 3]],
    weights: {},
    run: ([x]) => runPooling('average', x as tf.Tensor4D),
  },
  'addition and ReLU': {
    inputs: [
      [2, 3, 3, 2],
      [2, 3, 3, 2],
    ],
    weights: {},
    run: ([a, b]) => runAddition(a, b, 'relu'),
  },
  'mean over places': {
    inputs: [[2, 3, 4, 2]],
    weights: {},
    run: ([x]) => runJoin('average', x as tf.Tensor4D),
  },
  flattening: { inputs: [[2, 3, 4, 2]], weights: {}, run: ([x]) => runJoin('flatten', x as tf.Tensor4D) },
  dropout: { inputs: [[3, 7]], weights: {}, run: ([x]) => runDropout(0.4, x, seededRandom(5)) },
};

const sizeOf = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

/** Numbers between -1 and 1, no two nearer than a step of the differences, so that none changes the order of two. */
function spread(size: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const values = Array.from({ length: size }, (_, i) => (2 * (i + 0.5)) / size - 1);
  for (let i = size - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [values[i], values[j]] = [values[j], values[i]];
  }
  return Float32Array.from(values);
}

/** Small against the distances between values, large against rounding. */
const STEP = 4e-3;

describe.each(['wasm', 'cpu'] as const)('gradients on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each(Object.entries(cases))(
    'of %s are the slopes of its outputs',
    async (_, { inputs, weights, run }) => {
      await tf.setBackend(backend);
      const before = tf.memory().numTensors;
      const shapes = [...inputs, ...Object.values(weights)];
      const roles = Object.keys(weights);
      const values = shapes.map((shape, i) => spread(sizeOf(shape), i + 1));
      const forward = () => {
        const tensors = values.map((each, i) => tf.tensor(each, shapes[i]));
        const weight: WeightOf = (role) => tensors[inputs.length + roles.indexOf(role)];
        return { tensors, made: run(tensors.slice(0, inputs.length), weight) };
      };
      const free = ({ tensors, made }: ReturnType<typeof forward>) =>
        tf.dispose([tensors, made.output, made.kept ?? [], made.statistics ? { ...made.statistics } : []]);

      const first = forward();
      const change = spread(first.made.output.size, 99);
      const dy = tf.tensor(change, first.made.output.shape);
      const pulled = first.made.pull(dy, true);
      const gradients = [
        ...pulled.inputs,
        ...roles.map((role) => pulled.weights[role as 'filter']),
      ] as tf.Tensor[];
      const actual = await Promise.all(gradients.map((gradient) => gradient.data()));
      gradients.forEach((gradient, i) => {
        expect(gradient.shape).toEqual(shapes[i]);
      });
      tf.dispose([dy, gradients]);
      free(first);

      /** Sum of outputs times `change`, in double precision. */
      const score = async () => {
        const ran = forward();
        const output = (await ran.made.output.data()) as Float32Array;
        free(ran);
        return output.reduce((sum, value, i) => sum + value * change[i], 0);
      };
      for (const [which, each] of values.entries()) {
        // Every fifth number: all channels get their turn.
        for (let i = 0; i < each.length; i += each.length > 12 ? 5 : 1) {
          const value = each[i];
          each[i] = value + STEP;
          const [above, upper] = [await score(), each[i]];
          each[i] = value - STEP;
          const [below, lower] = [await score(), each[i]];
          each[i] = value;
          const slope = (above - below) / (upper - lower);
          expect(Math.abs(actual[which][i] - slope), `${which}: ${i}`).toBeLessThan(
            1e-3 * Math.max(1, Math.abs(slope)),
          );
        }
      }
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('are not computed where nobody asks for them', async () => {
    await tf.setBackend(backend);
    const layer = cases['convolution of 3 x 3'];
    const x = tf.ones(layer.inputs[0]);
    const filter = tf.ones(layer.weights.filter);
    const made = layer.run([x], () => filter);
    const { inputs, weights } = made.pull(made.output, false);
    expect(inputs).toEqual([null]);
    tf.dispose([x, filter, made.output, Object.values(weights)]);
  });
});
