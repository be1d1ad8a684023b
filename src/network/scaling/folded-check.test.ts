import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphFromFolder, startBackend } from '../../engine/engine-testing';
import type { InputPicture } from '../../picture/picture';
import { buildNetwork } from '../build';
import type { Graph, GraphNode, Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { linear } from '../ops/activation';
import { batchNormalisation, weightOf } from '../weights';
import { scalingNumbers } from './chosen-scaling';
import { firstLayerCheck } from './first-layer-check';
import { foldedProbe } from './folded-check';
import type { InputScaling } from './input-scaling';
import { normalisationProbe } from './scaling-check';

const SIDE = 8;
const UNITS = 8;
const unhurried = async () => {};

/** Numbers around zero, the same for the same seed. */
function numbers(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state * 16807) % 2147483647;
    return state / 1073741824 - 1;
  });
}

const convolution = (channels: number, factor: number, bias: number): OperationSpec<Weight> => ({
  type: 'convolution',
  filter: weightOf(
    [3, 3, channels, UNITS],
    numbers(9 * channels * UNITS, 5).map((value) => value * factor),
  ),
  bias: weightOf(
    [UNITS],
    Float32Array.from({ length: UNITS }, (_, i) => (i % 2 === 0 ? bias : -bias)),
  ),
  strides: [1, 1],
  padding: 'same',
  dilations: [1, 1],
  groups: 1,
  activation: { name: 'relu' },
});

/** A convolution, the mean of its units, and three classes. */
function classifier(first: OperationSpec<Weight>, channels = 3, softmax = true): Graph {
  const nodes: GraphNode[] = [
    { name: 'conv', inputs: ['picture'], spec: first },
    { name: 'mean', inputs: ['conv'], spec: { type: 'reduce', by: 'mean', axes: [0, 1], keep: false } },
    {
      name: 'classes',
      inputs: ['mean'],
      spec: {
        type: 'dense',
        kernel: weightOf(
          [UNITS, 3],
          numbers(3 * UNITS, 11).map((value) => 4 * value),
        ),
        bias: null,
        activation: softmax ? { name: 'softmax' } : linear,
      },
    },
  ];
  return { input: { name: 'picture', shape: [SIDE, SIDE, channels] }, nodes, outputs: ['classes'] };
}

const picture: InputPicture = {
  rgba: Uint8ClampedArray.from({ length: SIDE * SIDE * 4 }, (_, i) => (7919 * i) % 256),
  width: SIDE,
  height: SIDE,
};

async function doubt(graph: Graph, used: InputScaling) {
  const network = buildNetwork(graph);
  const before = tf.memory().numTensors;
  const channels = graph.input.shape[2];
  const found = await foldedProbe(firstLayerCheck(graph, {}), network).check(
    picture,
    scalingNumbers(used, channels),
    unhurried,
  );
  expect(tf.memory().numTensors).toBe(before);
  network.dispose();
  return found;
}

beforeAll(() => startBackend('wasm'));

describe('A folded network', () => {
  // 27 weights of a mean size of 0.5: of values up to 1 a unit comes to 7 at most.
  const ofBytes = classifier(convolution(3, 0.01, 5));
  const ofUnit = classifier(convolution(3, 1, 1));

  it('shows by units that no picture can switch that it was trained on larger values', async () => {
    for (const used of ['unit', 'signed', 'imagenet'] as const) {
      expect(await doubt(ofBytes, used)).toMatchObject({ outcome: 'another', scaling: 'bytes' });
    }
    expect(await doubt(ofBytes, 'bytes')).toMatchObject({ outcome: 'unknown', scaling: null });
    expect(await doubt(ofBytes, 'caffe')).toMatchObject({ outcome: 'unknown', scaling: null });
  });

  it('shows by logits that no training yields that it was trained on smaller values', async () => {
    for (const used of ['bytes', 'caffe'] as const) {
      expect(await doubt(ofUnit, used)).toMatchObject({ outcome: 'another', scaling: 'unit' });
    }
    // Numbers that are no logits may be as large as they like.
    expect(await doubt(classifier(convolution(3, 1, 1), 3, false), 'bytes')).toMatchObject({
      outcome: 'unknown',
    });
  });

  it('else says that it cannot tell, and why', async () => {
    for (const used of ['unit', 'signed', 'imagenet'] as const) {
      const found = await doubt(ofUnit, used);
      expect(found).toMatchObject({ outcome: 'unknown', scaling: null });
      expect(found?.reason).toBe('Nothing is left in the network to check it by.');
    }
    const grey = classifier(convolution(1, 1, 1), 1);
    expect(await doubt(grey, 'unit')).toMatchObject({ outcome: 'unknown' });
  });
});

describe('A swish that is spelled out', () => {
  /** h · relu6(h + 3) / 6 behind a first layer that reads bytes, and a constant laid beside the picture, as TensorFlow writes them. */
  const spelled = (gate: string): Graph => {
    const first = { ...convolution(3, 0.01, 5), activation: linear } as OperationSpec<Weight>;
    const { nodes, ...rest } = classifier(first);
    const [conv, ...behind] = nodes;
    const affine = (scale: number, shift: number): OperationSpec<Weight> => ({
      ...{ type: 'affine', activation: linear },
      ...{ scale: weightOf([1], Float32Array.of(scale)), shift: weightOf([1], Float32Array.of(shift)) },
    });
    const between: GraphNode[] = [
      { name: 'sixth', inputs: ['conv'], spec: affine(1 / 6, 0) },
      { name: 'more', inputs: ['conv'], spec: affine(1, 3) },
      {
        name: 'gate',
        inputs: ['more'],
        spec: { type: 'activation', activation: { name: gate } } as OperationSpec<Weight>,
      },
      {
        name: 'swish',
        inputs: ['sixth', 'gate'],
        spec: { type: 'merge', by: 'multiply' },
      },
    ];
    const moved = behind.map((node) => ({
      ...node,
      inputs: node.inputs.map((input) => (input === 'conv' ? 'swish' : input)),
    }));
    return { ...rest, nodes: [conv, ...between, ...moved] };
  };

  it('bends as one in a single piece does', () => {
    const check = firstLayerCheck(spelled('relu6'), {});
    const whole = firstLayerCheck(classifier(convolution(3, 0.01, 5)), {});
    for (const scaling of ['unit', 'imagenet', 'bytes'] as const) {
      const numbers = scalingNumbers(scaling, 3);
      expect(check?.stuck(numbers)).toBe(whole?.stuck(numbers));
    }
    expect(check?.better(scalingNumbers('signed', 3))).toBe('bytes');
    expect(firstLayerCheck(spelled('sin'), {})).toBeNull();
  });
});

describe('Units of a first layer', () => {
  const stuck = (graph: Graph, scaling: InputScaling) =>
    firstLayerCheck(graph, {})?.stuck(scalingNumbers(scaling, graph.input.shape[2]));

  it('are counted by what they can come to with any picture', () => {
    // One weight of 1 a unit, and 1 or -1 added: of 0 to 1 the sum is 0 to 2, or -1 to 0.
    const filter = new Float32Array(3 * UNITS);
    for (let unit = 0; unit < UNITS; unit++) filter[(unit % 3) * UNITS + unit] = 1;
    const one = {
      ...convolution(3, 1, 1.5),
      filter: weightOf([1, 1, 3, UNITS], filter),
    } as OperationSpec<Weight>;
    expect(stuck(classifier(one), 'unit')).toBe(1);
    // -1 to 1 leaves 0.5 to 2.5 and -2.5 to -0.5; ImageNet's -2.1 to 2.6 passes zero both ways.
    expect(stuck(classifier(one), 'signed')).toBe(1);
    expect(stuck(classifier(one), 'imagenet')).toBe(0);
    // Of bytes nothing is below zero: units that add 1.5 are always on.
    expect(stuck(classifier(one), 'bytes')).toBe(0.5);
    expect(stuck(classifier(one), 'caffe')).toBe(0);
  });

  it('are not asked where the layer does not bend, or does not come first', () => {
    const first = convolution(3, 1, 1);
    const unbent = { ...first, activation: linear } as OperationSpec<Weight>;
    expect(firstLayerCheck(classifier(unbent), {})).toBeNull();
    const { nodes, ...rest } = classifier(first);
    const behind = nodes.map((node) => (node.name === 'conv' ? { ...node, inputs: ['root'] } : node));
    const root: GraphNode = {
      name: 'root',
      inputs: ['picture'],
      spec: { type: 'activation', activation: { name: 'sqrt' } },
    };
    expect(firstLayerCheck({ ...rest, nodes: [root, ...behind] }, {})).toBeNull();
  });
});

describe('The bundled network, whose normalisations are folded', () => {
  it('can switch every unit of its first layer with the scaling it was trained with', () => {
    const check = firstLayerCheck(graphFromFolder('public/networks/photos10'), {});
    expect(check?.stuck(scalingNumbers('signed', 3))).toBe(0);
    expect(check?.better(scalingNumbers('signed', 3))).toBeNull();
  });
});

describe('A normalisation that reads the picture itself', () => {
  const { nodes, ...rest } = classifier(convolution(3, 1, 1));
  const statistics = (mean: number, variance: number) =>
    batchNormalisation({
      gamma: null,
      beta: null,
      mean: weightOf([3], new Float32Array(3).fill(mean)),
      variance: weightOf([3], new Float32Array(3).fill(variance)),
      epsilon: 1e-3,
    });
  const behind = (mean: number, variance: number): Graph => ({
    ...rest,
    nodes: [
      { name: 'norm', inputs: ['picture'], spec: statistics(mean, variance) },
      ...nodes.map((node) => (node.name === 'conv' ? { ...node, inputs: ['norm'] } : node)),
    ],
  });

  it('tells by its statistics whether pictures come as in training', async () => {
    // Bytes of all sizes alike: as -1 to 1 of mean 0 and variance 1/3.
    const probe = normalisationProbe(behind(0, 0.33), {});
    expect(await probe?.check(picture, scalingNumbers('signed', 3), unhurried)).toBeNull();
    expect(await probe?.check(picture, scalingNumbers('bytes', 3), unhurried)).toMatchObject({
      outcome: 'another',
      scaling: 'signed',
    });
    probe?.dispose();
  });

  it('tells nothing untrained', () => {
    expect(normalisationProbe(behind(0, 1), {})).toBeNull();
  });
});
