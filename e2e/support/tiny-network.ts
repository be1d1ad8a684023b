import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

const side = 24;
const classes = 4;

const weights = [
  { name: 'a/kernel', shape: [3, 3, 3, 8] },
  { name: 'a/bias', shape: [8] },
  { name: 'b/kernel', shape: [3, 3, 8, 8] },
  { name: 'b/bias', shape: [8] },
  { name: 'logits/kernel', shape: [8, classes] },
  { name: 'logits/bias', shape: [classes] },
].map((weight) => ({ ...weight, dtype: 'float32' }));

const after = (name: string) => [[[name, 0, 0, {}]]];

const convolution = (name: string, input: string) => ({
  name,
  class_name: 'Conv2D',
  config: { name, filters: 8, kernel_size: [3, 3], strides: [1, 1], padding: 'same', activation: 'relu' },
  inbound_nodes: after(input),
});

const layers = [
  {
    name: 'image',
    class_name: 'InputLayer',
    config: { name: 'image', batch_input_shape: [null, side, side, 3], dtype: 'float32' },
    inbound_nodes: [],
  },
  convolution('a', 'image'),
  {
    name: 'pool',
    class_name: 'MaxPooling2D',
    config: { name: 'pool', pool_size: [2, 2], strides: [2, 2], padding: 'valid' },
    inbound_nodes: after('a'),
  },
  convolution('b', 'pool'),
  {
    name: 'mean',
    class_name: 'GlobalAveragePooling2D',
    config: { name: 'mean' },
    inbound_nodes: after('b'),
  },
  {
    name: 'logits',
    class_name: 'Dense',
    config: { name: 'logits', units: classes, activation: 'linear' },
    inbound_nodes: after('mean'),
  },
];

const model = {
  format: 'layers-model',
  modelTopology: {
    class_name: 'Model',
    config: { name: 'tiny', layers, input_layers: [['image', 0, 0]], output_layers: [['logits', 0, 0]] },
  },
  weightsManifest: [{ paths: ['weights.bin'], weights }],
};

const bytes = () => {
  const size = weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return Buffer.from(Float32Array.from({ length: size }, (_, i) => Math.sin(i * 12.9898) / 3).buffer);
};

/** The files of a network of two small convolutions and four classes, which reads 24 x 24. */
export const tinyNetworkFiles = () => [
  { name: 'model.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(model)) },
  { name: 'weights.bin', mimeType: 'application/octet-stream', buffer: bytes() },
];

interface Layer {
  name: string;
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: unknown[];
}

/** A network as the two files of a LayersModel, its weights waves. */
function filesOf(
  described: { layers: Layer[]; outputs: string[]; weights: { name: string; shape: number[] }[] },
  valueAt = (_name: string, i: number) => Math.sin(i * 12.9898) / 3,
) {
  const { layers: list, outputs, weights: named } = described;
  const output_layers = outputs.map((name) => [name, 0, 0]);
  const content = {
    ...model,
    modelTopology: {
      class_name: 'Model',
      config: { name: 'net', layers: list, input_layers: [['image', 0, 0]], output_layers },
    },
    weightsManifest: [
      { paths: ['weights.bin'], weights: named.map((weight) => ({ ...weight, dtype: 'float32' })) },
    ],
  };
  const sizeOf = (shape: number[]) => shape.reduce((a, b) => a * b, 1);
  const values = named.flatMap(({ name, shape }) =>
    Array.from({ length: sizeOf(shape) }, (_, i) => valueAt(name, i)),
  );
  return [
    { name: 'model.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) },
    {
      name: 'weights.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(Float32Array.from(values).buffer),
    },
  ];
}

/** The same network with height and width left open, ending in a box of four numbers and in three probabilities. */
export function openNetworkFiles() {
  const image = {
    ...layers[0],
    config: { ...layers[0].config, batch_input_shape: [null, null, null, 3] },
  };
  const end = (name: string, units: number, activation: string) => ({
    name,
    class_name: 'Dense',
    config: { name, units, activation },
    inbound_nodes: after('mean'),
  });
  return filesOf({
    layers: [image, ...layers.slice(1, 5), end('box', 4, 'linear'), end('class', 3, 'softmax')] as Layer[],
    outputs: ['box', 'class'],
    weights: [
      ...weights.slice(0, 4),
      { name: 'box/kernel', shape: [8, 4] },
      { name: 'box/bias', shape: [4] },
      { name: 'class/kernel', shape: [8, 3] },
      { name: 'class/bias', shape: [3] },
    ],
  });
}

/**
 * A residual network: the first convolution hands on the colours themselves, each pixel as the middle of its neighbourhood, and its
 * normalisation remembers colours from -1 to 1, their mean 0 and their variance 0.3.
 */
export function residualNetworkFiles() {
  const layer = (name: string, class_name: string, inputs: string[], config: object = {}) => ({
    name,
    class_name,
    config: { name, ...config },
    inbound_nodes: [inputs.map((input) => [input, 0, 0, {}])],
  });
  const pointwise = { filters: 3, kernel_size: [1, 1], use_bias: false };
  return filesOf(
    {
      layers: [
        layers[0] as Layer,
        layer('a', 'Conv2D', ['image'], { ...pointwise, kernel_size: [3, 3], padding: 'same' }),
        layer('a_bn', 'BatchNormalization', ['a']),
        layer('a_relu', 'Activation', ['a_bn'], { activation: 'relu' }),
        layer('b', 'Conv2D', ['a_relu'], { ...pointwise, kernel_size: [3, 3], padding: 'same' }),
        layer('add', 'Add', ['a_relu', 'b']),
        layer('mean', 'GlobalAveragePooling2D', ['add']),
        layer('logits', 'Dense', ['mean'], { units: 2 }),
      ],
      outputs: ['logits'],
      weights: [
        { name: 'a/kernel', shape: [3, 3, 3, 3] },
        ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((variable) => ({
          name: `a_bn/${variable}`,
          shape: [3],
        })),
        { name: 'b/kernel', shape: [3, 3, 3, 3] },
        { name: 'logits/kernel', shape: [3, 2] },
        { name: 'logits/bias', shape: [2] },
      ],
    },
    (name, i) => {
      if (name === 'a/kernel') return i >= 36 && i < 45 && i % 4 === 0 ? 1 : 0;
      if (name === 'a_bn/moving_variance') return 0.3;
      if (name === 'a_bn/gamma') return 1;
      if (name.startsWith('a_bn')) return 0;
      return Math.sin(i * 12.9898) / 3;
    },
  );
}

/** Files of a network of two small convolutions that comes with the page, by their path in a build. */
export function bundledTinyNetwork(id = 'tiny'): Record<string, Buffer> {
  const manifest = {
    id,
    title: 'tiny',
    description: 'Two convolutions',
    format: 'tfjs-layers-model',
    model: 'model.json',
    bytes: bytes().length,
    inputShape: [side, side, 3],
    preprocessing: { scale: 1 / 127.5, offset: -1 },
    labels: ['one', 'two', 'three', 'four'],
  };
  return {
    [`networks/${id}/manifest.json`]: Buffer.from(JSON.stringify(manifest)),
    [`networks/${id}/model.json`]: Buffer.from(JSON.stringify(model)),
    [`networks/${id}/weights.bin`]: bytes(),
  };
}

/** Serves it at `networks/<id>/`: software WebGPU needs one of its size. */
export async function serveTinyNetwork(page: Page, id = 'tiny'): Promise<void> {
  for (const [file, body] of Object.entries(bundledTinyNetwork(id))) {
    const contentType = file.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    await page.route(`**/${file}`, (route) => route.fulfill({ contentType, body }));
  }
}

/** Puts it into the folder of a build, in the place of a bundled network. */
export function putTinyNetwork(build: string, id: string): void {
  for (const [file, content] of Object.entries(bundledTinyNetwork(id)))
    writeFileSync(path.join(build, file), content);
}
