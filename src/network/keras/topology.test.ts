import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  type LayersModel,
  layers,
  model as modelOf,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { readLayersModel } from '../testing/layers-at-once';
import { type Expected, expectSame, judged, randomiseWeights, saved } from '../testing/referee';

type Block =
  | 'convolution'
  | 'separable'
  | 'residual'
  | 'inception'
  | 'excitation'
  | 'dense'
  | 'dropout'
  | 'pool';
type Tensor = SymbolicTensor;

const on = (x: Tensor | Tensor[], layer: { apply(x: Tensor | Tensor[]): unknown }) =>
  layer.apply(x) as Tensor;

function convolutionBlock(
  x: Tensor,
  filters: number,
  activation: 'relu' | 'relu6' | 'swish' | 'elu',
): Tensor {
  const y = on(x, layers.conv2d({ filters, kernelSize: 3, padding: 'same', useBias: false }));
  return on(on(y, layers.batchNormalization({})), layers.activation({ activation }));
}

/** One block of an architecture behind x. */
function append(x: Tensor, block: Block): Tensor {
  const channels = x.shape[3] as number;
  switch (block) {
    case 'convolution':
      return convolutionBlock(x, 6, 'swish');
    case 'separable': {
      const padded = on(x, layers.zeroPadding2d({ padding: 1 }));
      const wide = on(padded, layers.depthwiseConv2d({ kernelSize: 3, useBias: false }));
      const gated = on(on(wide, layers.batchNormalization({})), layers.activation({ activation: 'relu6' }));
      const narrow = on(gated, layers.conv2d({ filters: 5, kernelSize: 1, useBias: false }));
      return on(on(narrow, layers.batchNormalization({})), layers.activation({ activation: 'relu6' }));
    }
    case 'residual': {
      const y = on(
        convolutionBlock(x, channels, 'relu'),
        layers.conv2d({ filters: channels, kernelSize: 3, padding: 'same' }),
      );
      const sum = on([on(y, layers.batchNormalization({})), x], layers.add());
      return on(sum, layers.activation({ activation: 'relu' }));
    }
    case 'inception': {
      const pooled = on(x, layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }));
      return on(
        [convolutionBlock(x, 2, 'elu'), convolutionBlock(pooled, 3, 'relu'), x],
        layers.concatenate(),
      );
    }
    case 'excitation': {
      const mean = on(x, layers.globalAveragePooling2d({}));
      const single = on(mean, layers.reshape({ targetShape: [1, 1, channels] }));
      const gate = on(single, layers.conv2d({ filters: channels, kernelSize: 1, activation: 'sigmoid' }));
      return on([x, gate], layers.multiply());
    }
    case 'dense': {
      const normal = on(on(x, layers.batchNormalization({})), layers.activation({ activation: 'relu' }));
      return on(
        [x, on(normal, layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same' }))],
        layers.concatenate(),
      );
    }
    case 'dropout':
      return on(x, layers.dropout({ rate: 0.4 }));
    case 'pool':
      return on(x, layers.averagePooling2d({ poolSize: 2, strides: 1 }));
  }
}

function network(blocks: readonly Block[]): LayersModel {
  const picture = input({ shape: [9, 11, 3] });
  const stem = on(picture, layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, activation: 'relu' }));
  const features = blocks.reduce(append, stem);
  const mean = on(features, layers.globalAveragePooling2d({}));
  return modelOf({ inputs: picture, outputs: on(mean, layers.dense({ units: 4 })) });
}

async function readBoth(model: LayersModel, gradient = true) {
  randomiseWeights(model, 11);
  const result = { expected: judged(model, gradient), file: await saved(model) };
  model.dispose();
  return result;
}

beforeEach(() => startBackend('cpu'));

describe('networks of blocks', () => {
  it('compute what TensorFlow.js computes, whatever the order of blocks', async () => {
    const blocks: Block[] = [
      'convolution',
      'separable',
      'residual',
      'inception',
      'excitation',
      'dense',
      'dropout',
      'pool',
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(blocks, { minLength: 3 }), async (chosen) => {
        await startBackend('cpu');
        const { expected, file } = await readBoth(network(chosen));
        for (const backend of ['cpu', 'wasm'] as const) {
          await expectSame(file, expected, backend);
          await expectSame(file, expected, backend, { fuse: false });
        }
      }),
      { numRuns: 12 },
    );
  });

  it('show a convolution with its padding, normalisation and activation as one row', async () => {
    const { file } = await readBoth(network(['separable', 'residual', 'convolution', 'dropout']), false);
    const rows = (fuse: boolean) => {
      const read = readLayersModel(file.file, file.weights, { fuse });
      const shown = read.nodes.map(({ kind, parts }) => `${kind}: ${parts.length}`);
      const names = read.nodes.map(({ name }) => name.replace(/\d+/g, 'n'));
      read.dispose();
      return { shown, names };
    };
    expect(rows(true).shown).toEqual([
      'input: 1',
      'convolution: 1',
      'convolution: 4', // padding, depthwise, normalisation, activation
      'convolution: 3',
      'convolution: 3',
      'convolution: 2',
      'addition: 1',
      'activation: 1',
      'other: 0', // swish needs its input: it stands apart and bears the row's name
      'convolution: 3',
      'pooling: 1',
      'dense: 1',
    ]);
    const { names } = rows(true);
    expect(names[8]).toBe(`${names[9]} before swish`);
    expect(rows(false).shown.every((row) => row.endsWith(': 1'))).toBe(true);
    expect(rows(false).shown).toContain('normalisation: 1');
  });
});

describe('models inside models', () => {
  const inner = (filters: number) => {
    const x = input({ shape: [9, 9, 3] });
    return modelOf({ inputs: x, outputs: convolutionBlock(x, filters, 'relu'), name: `inner_${filters}` });
  };

  it('are unfolded, Functional in Functional', async () => {
    const picture = input({ shape: [9, 9, 3] });
    const features = on([on(picture, inner(4)), on(picture, inner(5))], layers.concatenate());
    const logits = on(on(features, layers.flatten()), layers.dense({ units: 3 }));
    const { expected, file } = await readBoth(modelOf({ inputs: picture, outputs: logits }));
    await expectSame(file, expected, 'cpu');
    const read = readLayersModel(file.file, file.weights);
    expect(read.nodes.some(({ name }) => /^inner_5\/conv2d/.test(name))).toBe(true);
    read.dispose();
  });

  it('are unfolded, Functional in Sequential', async () => {
    const model = sequential({ layers: [inner(4), layers.flatten(), layers.dense({ units: 3 })] });
    const { expected, file } = await readBoth(model);
    await expectSame(file, expected, 'cpu');
  });
});

it('reads a layer that is called twice', async () => {
  const picture = input({ shape: [8, 8, 3] });
  const shared = layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh' });
  const twice = on(on(picture, shared), shared);
  const logits = on(on(twice, layers.flatten()), layers.dense({ units: 3 }));
  const { expected, file } = await readBoth(modelOf({ inputs: picture, outputs: logits }));
  await expectSame(file, expected, 'cpu');
});

describe('the end of a network', () => {
  const ending = (...tail: { apply(x: Tensor | Tensor[]): unknown }[]) => {
    const picture = input({ shape: [8, 8, 3] });
    const features = on(picture, layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }));
    return modelOf({ inputs: picture, outputs: tail.reduce((x, layer) => on(x, layer), features) });
  };
  const mean = () => layers.globalAveragePooling2d({});

  it.each([
    ['a dense layer with softmax', () => ending(mean(), layers.dense({ units: 4, activation: 'softmax' }))],
    [
      'a softmax activation',
      () => ending(mean(), layers.dense({ units: 4 }), layers.activation({ activation: 'softmax' })),
    ],
    ['a softmax of pooled features', () => ending(mean(), layers.activation({ activation: 'softmax' }))],
    [
      'a softmax of a map of one place, reshaped',
      () =>
        ending(
          mean(),
          layers.reshape({ targetShape: [1, 1, 4] }),
          layers.conv2d({ filters: 4, kernelSize: 1 }),
          layers.activation({ activation: 'softmax' }),
          layers.reshape({ targetShape: [4] }),
        ),
    ],
    [
      'a softmax of a map of one place',
      () =>
        ending(
          layers.conv2d({ filters: 4, kernelSize: 6 }),
          layers.activation({ activation: 'softmax' }),
          layers.flatten(),
        ),
    ],
  ])('%s is cut, and the logits are left', async (_, make) => {
    const { expected, file } = await readBoth(make(), false);
    for (const fuse of [true, false]) {
      await expectSame(file, expected, 'wasm', { softmax: true, fuse });
      const read = readLayersModel(file.file, file.weights, { fuse });
      expect(read.head).toBe('softmax');
      expect(read.nodes[read.output].shape).toEqual([4]);
      read.dispose();
    }
  });

  it('a sigmoid is cut too', async () => {
    const { expected, file } = await readBoth(
      ending(mean(), layers.dense({ units: 4, activation: 'sigmoid' })),
      false,
    );
    const read = readLayersModel(file.file, file.weights);
    expect(read.head).toBe('sigmoid');
    read.dispose();
    const logits = expected.output.map((p) => Math.log(p / (1 - p)));
    await expectSame(file, { ...expected, output: logits }, 'cpu');
  });

  it('logits stay as they are', async () => {
    const { file } = await readBoth(ending(mean(), layers.dense({ units: 4 })), false);
    const read = readLayersModel(file.file, file.weights);
    expect(read.head).toBe('logits');
    read.dispose();
  });

  it('maps of classes are averaged over their places', async () => {
    const { expected, file } = await readBoth(ending(layers.conv2d({ filters: 5, kernelSize: 3 })), false);
    const means = Float32Array.from({ length: 10 }, (_, i) => {
      const places = Array.from(
        { length: 16 },
        (_, k) => expected.output[Math.floor(i / 5) * 80 + k * 5 + (i % 5)],
      );
      return places.reduce((sum, value) => sum + value, 0) / 16;
    });
    const whole: Expected = { ...expected, output: means };
    await expectSame(file, whole, 'cpu');
  });
});

describe('Keras 3 writes', () => {
  /** The JSON of a TensorFlow.js model as Keras 3 would write it. */
  function asKeras3(topology: { config: { layers: Record<string, never>[] } }) {
    const text = JSON.stringify(topology).replaceAll('batch_input_shape', 'batch_shape');
    const whole = JSON.parse(text);
    for (const layer of whole.config.layers) {
      layer.module = 'keras.layers';
      layer.inbound_nodes = layer.inbound_nodes.map((call: [string, number, number][]) => {
        const tensors = call.map(([name, node, tensor]) => ({
          class_name: '__keras_tensor__',
          config: { shape: [null], dtype: 'float32', keras_history: [name, node, tensor] },
        }));
        return { args: tensors.length === 1 ? tensors : [tensors], kwargs: {} };
      });
    }
    const [first] = whole.config.input_layers;
    const [last] = whole.config.output_layers;
    return {
      ...whole,
      class_name: 'Functional',
      config: { ...whole.config, input_layers: first, output_layers: last },
    };
  }

  it('batch_shape and inbound nodes as arguments', async () => {
    const { expected, file } = await readBoth(network(['residual', 'inception']));
    const topology = asKeras3(file.file.modelTopology as never);
    await expectSame({ ...file, file: { ...file.file, modelTopology: topology } }, expected, 'cpu');
  });
});

describe('damaged topologies', () => {
  it.each<[string, (topology: never) => unknown, string]>([
    ['nothing', () => ({}), 'has no class_name'],
    [
      'a subclassed model',
      () => ({ class_name: 'MyNet', config: {} }),
      'is of class MyNet, which is code of its own',
    ],
    ['no layers', () => ({ class_name: 'Model', config: {} }), 'has no list of layers'],
    ['an empty Sequential', () => ({ class_name: 'Sequential', config: [] }), 'The model has no layers'],
    [
      'a missing layer',
      (topology) => JSON.parse(JSON.stringify(topology).replaceAll('[["picture",0,0', '[["elsewhere",0,0')),
      'refers to layer "elsewhere", which it does not contain',
    ],
    [
      'a cycle',
      (topology) => JSON.parse(JSON.stringify(topology).replace('[["picture",0,0', '[["flat",0,0')),
      'reads its own output: the network has a cycle',
    ],
    [
      'an input that is no picture',
      (topology) => JSON.parse(JSON.stringify(topology).replace('[null,8,8,3]', '[null,192]')),
      'must be a picture, [height, width, channels], but its shape is [null,192]',
    ],
    [
      'two layers of one name',
      (topology) => JSON.parse(JSON.stringify(topology).replaceAll('"flat"', '"conv"')),
      'Two layers of this network are called "conv"',
    ],
  ])('%s', async (_, damage, sentence) => {
    const picture = input({ shape: [8, 8, 3], name: 'picture' });
    const conv = on(picture, layers.conv2d({ filters: 2, kernelSize: 3, name: 'conv' }));
    const flat = on(conv, layers.flatten({ name: 'flat' }));
    const model = modelOf({ inputs: picture, outputs: on(flat, layers.dense({ units: 2, name: 'end' })) });
    const { file, weights } = await saved(model);
    model.dispose();
    const before = tf.memory().numTensors;
    expect(() =>
      readLayersModel({ ...file, modelTopology: damage(file.modelTopology as never) as object }, weights),
    ).toThrow(sentence);
    expect(tf.memory().numTensors).toBe(before);
  });
});
