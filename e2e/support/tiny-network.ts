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

/** Serves a network of two small convolutions at `networks/<id>/`: software WebGPU needs one of its size. */
export async function serveTinyNetwork(page: Page, id = 'tiny'): Promise<void> {
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
  await page.route(`**/networks/${id}/manifest.json`, (route) => route.fulfill({ json: manifest }));
  await page.route(`**/networks/${id}/model.json`, (route) => route.fulfill({ json: model }));
  await page.route(`**/networks/${id}/weights.bin`, (route) =>
    route.fulfill({ contentType: 'application/octet-stream', body: bytes() }),
  );
}
