import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { prepareNetwork } from './load-network-files';
import { nameInConfig, networkName, saysNothing, spokenName } from './network-name';

it.each([
  ['nets/mobilenet.onnx', 'main_graph', 'mobilenet'],
  ['collies/model.json', 'mobilenet_0.75_224', 'collies'],
  ['https://example.org/nets/fine%20tuned/model.json', undefined, 'fine tuned'],
  ['a 100% net/model.json', undefined, 'a 100% net'],
  ['model.json', 'mobilenet_0.75_224', 'mobilenet_0.75_224'],
  ['model (1).json', 'mobilenet_0.75_224', 'mobilenet_0.75_224'],
  ['saved_model/model.json', 'birds', 'birds'],
  ['model.onnx', 'main_graph', 'model'],
  ['model.json', 'sequential_3', 'model'],
  ['model.json', undefined, 'model'],
])('%s, which calls itself %s, is called %s', (path, told, name) => {
  expect(networkName(path, told)).toBe(name);
});

it('knows names that tools give from those that people give', () => {
  for (const name of [
    'model',
    'Model (2)',
    'functional_1',
    'torch-jit-export',
    'keras_model',
    'tf2onnx',
    ' ',
  ])
    expect(saysNothing(name), name).toBe(true);
  for (const name of ['modelling', 'resnet18', 'model of birds', 'photos10', 'netvlad', 'graphic'])
    expect(saysNothing(name), name).toBe(false);
});

it('speaks of a network by its own name where that of its file says nothing', () => {
  expect(spokenName({ id: 'model', title: 'mobilenet_0.75_224' })).toBe('mobilenet_0.75_224');
  expect(spokenName({ id: 'photos10', title: 'photos10, 10 classes' })).toBe('photos10');
  expect(spokenName({ id: 'model', title: '' })).toBe('model');
});

it('reads the name in what Keras writes, and nothing else for one', () => {
  expect(nameInConfig({ class_name: 'Model', config: { name: 'birds', layers: [] } })).toBe('birds');
  for (const other of [null, 'birds', {}, { config: [{ name: 'conv1' }] }, { config: { name: 7 } }])
    expect(nameInConfig(other)).toBeUndefined();
});

it('a network picked as model.json is called as it calls itself', async () => {
  const files = ['model.json', 'weights.bin'].map((path) => ({
    path,
    blob: new Blob([readFileSync(`public/networks/photos10/${path}`)]),
  }));
  const options = { signal: new AbortController().signal, onBytes: () => {} };
  const opened = (folder: string) =>
    prepareNetwork(
      {
        ...{ kind: 'files', id: 'model', main: `${folder}model.json` },
        files: files.map(({ path, blob }) => ({ path: folder + path, blob })),
      },
      options,
    );
  expect((await opened('')).title).toBe('photos10');
  expect((await opened('ten things/')).title).toBe('ten things');
});
