import type { Architecture } from '../architecture/architecture';
import type { NamedWeight } from '../architecture/named-weight';
import { layoutOf, sizeOf, type WeightShape, weightShapesOf } from '../architecture/parameter-layout';
import type { TrainedNetwork } from './trained-network';

/** Architectures that between them have every kind of layer that can be exported, small enough to run anywhere. */
export const exampleArchitectures: Record<string, Architecture> = {
  plain: {
    title: 'plain',
    side: 20,
    activation: 'tanh',
    padding: 'valid',
    batchNorm: false,
    stages: [
      { blocks: [{ kind: 'convolution', name: 'conv1', width: 5, size: 5 }], shrink: 'average' },
      { blocks: [{ kind: 'convolution', name: 'conv2', width: 6, size: 3 }], shrink: 'max' },
    ],
    join: 'flatten',
    hidden: [9],
    dropout: 0.3,
    classes: 4,
  },
  residual: {
    title: 'residual',
    side: 18,
    activation: 'relu',
    padding: 'same',
    batchNorm: true,
    stages: [
      {
        blocks: [
          { kind: 'convolution', name: 'conv1', width: 6, size: 3 },
          { kind: 'residual', name: 'res1_1', width: 6 },
          { kind: 'residual', name: 'res1_2', width: 8 },
        ],
        shrink: 'stride',
      },
      { blocks: [{ kind: 'convolution', name: 'conv2', width: 10, size: 3 }], shrink: 'stride' },
      { blocks: [{ kind: 'residual', name: 'res3', width: 10 }], shrink: 'none' },
    ],
    join: 'average',
    hidden: [],
    dropout: 0,
    classes: 5,
  },
  separable: {
    title: 'separable',
    side: 16,
    activation: 'relu',
    padding: 'same',
    batchNorm: true,
    stages: [
      {
        blocks: [
          { kind: 'convolution', name: 'conv1', width: 5, size: 3 },
          { kind: 'separable', name: 'sep1', width: 7 },
        ],
        shrink: 'stride',
      },
      {
        blocks: [
          { kind: 'separable', name: 'sep2', width: 6 },
          { kind: 'residual', name: 'res2', width: 6, inner: 4, projected: true },
        ],
        shrink: 'none',
      },
    ],
    join: 'average',
    hidden: [],
    dropout: 0,
    classes: 4,
  },
};

/** Weights of an architecture, the same numbers every time, with running statistics as after a training. */
export function exampleWeights(architecture: Architecture): NamedWeight[] {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const draw: Record<WeightShape['role'], (fanIn: number) => number> = {
    filter: (fanIn) => (uniform() - 0.5) * Math.sqrt(24 / fanIn),
    depthwise: (fanIn) => (uniform() - 0.5) * Math.sqrt(24 / fanIn),
    matrix: (fanIn) => (uniform() - 0.5) * Math.sqrt(96 / fanIn),
    bias: () => (uniform() - 0.5) / 2,
    scale: () => 0.7 + 0.6 * uniform(),
    offset: () => (uniform() - 0.5) / 2,
    mean: () => (uniform() - 0.5) / 2,
    variance: () => 0.5 + uniform(),
  };
  return weightShapesOf(layoutOf(architecture)).map(({ name, shape, role }) => ({
    name,
    shape,
    values: Float32Array.from({ length: sizeOf(shape) }, () => draw[role](sizeOf(shape.slice(0, -1)))),
  }));
}

export const exampleNetwork = (name: string): TrainedNetwork => {
  const architecture = exampleArchitectures[name];
  return {
    title: name,
    architecture,
    weights: exampleWeights(architecture),
    labels: Array.from({ length: architecture.classes }, (_, index) => `kind ${index}`),
    source: 'nothing: drawn at random',
    recipe: null,
    made: '2026-03-01T12:30:05.000Z',
  };
};

/** The picture that the fixtures' script gives Keras: (7919 i mod 251) / 125 - 1 at place i. */
export const examplePicture = (side: number) =>
  Float32Array.from({ length: side * side * 3 }, (_, i) => ((7919 * i) % 251) / 125 - 1);
