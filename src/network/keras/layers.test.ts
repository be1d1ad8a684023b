import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  type LayersModel,
  layers,
  model as modelOf,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { readLayersModel } from '../testing/layers-at-once';
import { expectSame, judged, randomiseWeights, saved } from '../testing/referee';

type Layer = ReturnType<typeof layers.conv2d>;

/** A layer on a map of [9, 10, 4], and a dense layer that turns what it yields into three logits. */
function around(apply: (x: SymbolicTensor) => SymbolicTensor): LayersModel {
  const x = input({ shape: [9, 10, 4] });
  const y = apply(x);
  const flat = y.shape.length > 2 ? (layers.flatten().apply(y) as SymbolicTensor) : y;
  return modelOf({ inputs: x, outputs: layers.dense({ units: 3 }).apply(flat) as SymbolicTensor });
}

const single = (layer: Layer | object) => around((x) => (layer as Layer).apply(x) as SymbolicTensor);

/** After a map that holds both signs and several magnitudes. */
const steep = (layer: object) =>
  around((x) => {
    const wide = layers.conv2d({ filters: 5, kernelSize: 1 }).apply(x);
    return (layer as Layer).apply(wide) as SymbolicTensor;
  });

/** Two branches of one map, and what joins them. */
const joined = (layer: object, filters: [number, number] = [5, 5]) =>
  around((x) => {
    const [a, b] = filters.map((count) => layers.conv2d({ filters: count, kernelSize: 3 }).apply(x));
    return (layer as Layer).apply([a, b] as SymbolicTensor[]) as SymbolicTensor;
  });

/** Activations with names in TensorFlow.js' type; the others are tested in the operations. */
const activations = [
  'elu',
  'hardSigmoid',
  'linear',
  'relu',
  'relu6',
  'selu',
  'sigmoid',
  'softmax',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
  'gelu',
  'gelu_new',
] as const;

const cases: [string, () => LayersModel, gradient?: 'without gradient'][] = [
  [
    'Conv2D',
    () => single(layers.conv2d({ filters: 6, kernelSize: [3, 2], strides: [2, 1], activation: 'relu' })),
  ],
  [
    'Conv2D same',
    () => single(layers.conv2d({ filters: 6, kernelSize: 3, strides: 2, padding: 'same', useBias: false })),
  ],
  // TensorFlow.js has no gradient of dilated convolutions.
  [
    'Conv2D dilated',
    () => single(layers.conv2d({ filters: 6, kernelSize: 3, dilationRate: 2 })),
    'without gradient',
  ],
  ...activations.map((activation): [string, () => LayersModel] => [
    `Conv2D ${activation}`,
    () => single(layers.conv2d({ filters: 5, kernelSize: 3, activation: activation as 'relu' })),
  ]),
  ...activations.map((activation): [string, () => LayersModel] => [
    `Activation ${activation}`,
    () => steep(layers.activation({ activation: activation as 'relu' })),
  ]),
  [
    'DepthwiseConv2D',
    () =>
      single(
        layers.depthwiseConv2d({
          kernelSize: 3,
          depthMultiplier: 2,
          strides: [2, 2],
          padding: 'same',
          activation: 'relu6',
        }),
      ),
  ],
  [
    'SeparableConv2D',
    () =>
      single(
        layers.separableConv2d({
          filters: 5,
          kernelSize: 3,
          depthMultiplier: 2,
          padding: 'same',
          activation: 'relu',
        }),
      ),
  ],
  [
    'Conv2DTranspose',
    () =>
      single(
        layers.conv2dTranspose({
          filters: 5,
          kernelSize: 3,
          strides: 2,
          padding: 'same',
          activation: 'relu',
        }),
      ),
  ],
  [
    'Conv2DTranspose valid',
    () => single(layers.conv2dTranspose({ filters: 5, kernelSize: [2, 3], strides: [3, 2] })),
  ],
  ['Dense on a map', () => single(layers.dense({ units: 6, activation: 'relu' }))],
  ['BatchNormalization', () => single(layers.batchNormalization({}))],
  [
    'BatchNormalization without scale and centre',
    () => single(layers.batchNormalization({ scale: false, center: false })),
    // TensorFlow.js' gradient wants the scale that is not there.
    'without gradient',
  ],
  ['LayerNormalization', () => single(layers.layerNormalization({ axis: -1 }))],
  ['LayerNormalization of the map', () => single(layers.layerNormalization({ axis: [1, 2, 3] }))],
  ['ReLU', () => steep(layers.reLU({}))],
  ['ReLU with a maximum', () => steep(layers.reLU({ maxValue: 0.5 }))],
  ['LeakyReLU', () => steep(layers.leakyReLU({ alpha: 0.2 }))],
  ['PReLU', () => steep(layers.prelu({ sharedAxes: [1, 2] }))],
  ['PReLU by place', () => steep(layers.prelu({}))],
  ['ELU', () => steep(layers.elu({ alpha: 1 }))],
  // TensorFlow.js has no gradient of this layer.
  ['ThresholdedReLU', () => steep(layers.thresholdedReLU({ theta: 0.3 })), 'without gradient'],
  ['Softmax', () => steep(layers.softmax({ axis: -1 }))],
  ['MaxPooling2D', () => single(layers.maxPooling2d({ poolSize: [3, 2], strides: [2, 2] }))],
  ['MaxPooling2D same', () => single(layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }))],
  ['MaxPooling2D of one place', () => single(layers.maxPooling2d({ poolSize: 1, strides: 2 }))],
  ['AveragePooling2D', () => single(layers.averagePooling2d({ poolSize: [3, 2], strides: [1, 2] }))],
  // TensorFlow.js divides the gradient by the whole window at the edges, where its forward pass does not.
  [
    'AveragePooling2D same',
    () => single(layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
    'without gradient',
  ],
  ['GlobalAveragePooling2D', () => single(layers.globalAveragePooling2d({}))],
  ['GlobalMaxPooling2D', () => single(layers.globalMaxPooling2d({}))],
  ['Add', () => joined(layers.add())],
  ['Multiply', () => joined(layers.multiply())],
  ['Average', () => joined(layers.average())],
  ['Maximum', () => joined(layers.maximum())],
  ['Minimum', () => joined(layers.minimum())],
  ['Concatenate', () => joined(layers.concatenate(), [5, 2])],
  ['Concatenate axis 1', () => joined(layers.concatenate({ axis: 1 }))],
  [
    'ZeroPadding2D',
    () =>
      single(
        layers.zeroPadding2d({
          padding: [
            [1, 2],
            [0, 3],
          ],
        }),
      ),
  ],
  [
    'Cropping2D',
    () =>
      single(
        layers.cropping2D({
          cropping: [
            [1, 2],
            [0, 3],
          ],
        }),
      ),
  ],
  ['UpSampling2D', () => single(layers.upSampling2d({ size: [2, 3] }))],
  ['Flatten', () => single(layers.flatten())],
  ['Reshape', () => single(layers.reshape({ targetShape: [10, 12, 3] }))],
  ['Permute', () => single(layers.permute({ dims: [3, 1, 2] }))],
  ['Dropout', () => single(layers.dropout({ rate: 0.5 }))],
  ['GaussianNoise', () => single(layers.gaussianNoise({ stddev: 1 }))],
  ['GaussianDropout', () => single(layers.gaussianDropout({ rate: 0.3 }))],
  ['AlphaDropout', () => single(layers.alphaDropout({ rate: 0.3 }))],
  ['Rescaling', () => single(layers.rescaling({ scale: 1 / 127.5, offset: -1 }))],
];

describe.each(cases)('%s', (_, make, gradient) => {
  it('computes what TensorFlow.js computes, fused and not, on cpu and wasm', async () => {
    await startBackend('cpu');
    const model = make();
    randomiseWeights(model, 3);
    const expected = judged(model, gradient === undefined);
    const file = await saved(model);
    model.dispose();
    for (const backend of ['cpu', 'wasm'] as const) {
      await expectSame(file, expected, backend);
      await expectSame(file, expected, backend, { fuse: false });
    }
  });
});

describe('layers that are never run', () => {
  const withLayer = async (className: string, config: object = {}) => {
    await startBackend('cpu');
    const model = sequential({
      layers: [
        layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3 }),
        layers.activation({ activation: 'relu', name: 'odd' }),
        layers.flatten(),
        layers.dense({ units: 2 }),
      ],
    });
    const { file, weights } = await saved(model);
    model.dispose();
    const text = JSON.stringify(file.modelTopology).replace('"Activation"', JSON.stringify(className));
    const topology = JSON.parse(text, (key, value) =>
      key === 'activation' && value === 'relu' ? undefined : value,
    );
    const odd = topology.config.layers.find(
      (layer: { class_name: string }) => layer.class_name === className,
    );
    Object.assign(odd.config, config);
    return () => readLayersModel({ ...file, modelTopology: topology }, weights);
  };

  it.each([
    ['Lambda', 'Layer "odd" (Lambda) holds code, which is never run'],
    ['MyPackage>Attention', 'Layer "odd" (MyPackage>Attention) is of a class that cannot be read'],
    ['toString', 'Layer "odd" (toString) is of a class that cannot be read'],
  ])('%s is refused by name', async (className, sentence) => {
    expect(await withLayer(className)).toThrow(sentence);
  });

  it.each<[string, object, string]>([
    ['Activation', { activation: 'my_gate' }, 'Layer "odd" (Activation) uses the activation "my_gate"'],
    ['MaxPooling2D', { pool_size: 'x' }, 'Layer "odd" (MaxPooling2D) has no list of numbers for pool_size'],
    ['MaxPooling2D', { data_format: 'channels_first' }, 'works channels first'],
    ['Dense', {}, 'Layer "odd" (Dense) has no weight "kernel" in this file'],
    ['Reshape', { target_shape: [7] }, 'Layer "odd" cannot bring [6,6,2] into shape [7].'],
  ])('%s with %o is refused with what is wrong', async (className, config, sentence) => {
    expect(await withLayer(className, config)).toThrow(sentence);
  });
});

it('keeps no tensor where a network is refused half-way', async () => {
  await startBackend('cpu');
  const model = single(layers.conv2d({ filters: 2, kernelSize: 3 }));
  const { file, weights } = await saved(model);
  model.dispose();
  const before = tf.memory().numTensors;
  const values = new Float32Array(weights.slice(0));
  values[values.length - 1] = Number.NaN;
  expect(() => readLayersModel(file, values.buffer)).toThrow('holds NaN');
  expect(tf.memory().numTensors).toBe(before);
});
