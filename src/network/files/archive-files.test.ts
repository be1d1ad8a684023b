import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Member, zipOf } from '../../codecs/zip/zip-testing';
import { readNetworkFiles } from './formats';
import { filesOfBlobs } from './network-files';

const bytes = (text: string) => new TextEncoder().encode(text);
const values = Float32Array.from({ length: 8 }, (_, i) => i);

const model = {
  modelTopology: {
    class_name: 'Sequential',
    config: {
      name: 'small',
      layers: [
        {
          class_name: 'GlobalAveragePooling2D',
          config: { name: 'mean', batch_input_shape: [null, 4, 4, 3] },
        },
        { class_name: 'Dense', config: { name: 'logits', units: 2 } },
      ],
    },
  },
  weightsManifest: [
    {
      paths: ['one.bin', 'two.bin'],
      weights: [
        { name: 'logits/kernel', shape: [3, 2], dtype: 'float32' },
        { name: 'logits/bias', shape: [2], dtype: 'float32' },
      ],
    },
  ],
};
const whole = new Uint8Array(values.buffer);
const shards = [whole.slice(0, 20), whole.slice(20)];

const members = (folder = ''): Member[] => [
  { name: `${folder}model.json`, content: bytes(JSON.stringify(model)), method: 8 },
  { name: `${folder}one.bin`, content: shards[0], method: 8 },
  { name: `${folder}two.bin`, content: shards[1] },
];

const read = (given: Member[]) => {
  const blob = new Blob([zipOf(given)]);
  const options = { signal: new AbortController().signal, onBytes: () => {} };
  return readNetworkFiles(filesOfBlobs([{ path: 'net.zip', blob }], 'net.zip'), options);
};

describe('a network in a zip archive', () => {
  it.each([
    ['at its root', members()],
    ['in a folder', members('export/web/')],
    [
      'beside what macOS adds',
      [...members('net/'), { name: '__MACOSX/net/._model.json', content: bytes('?') }],
    ],
  ])('is read %s', async (_, given) => {
    const { graph, sha256, format } = await read(given);
    expect(format).toBe('tfjs-layers-model');
    expect(graph.nodes.map(({ name }) => name)).toEqual(['mean', 'logits']);
    expect(sha256).toBe(createHash('sha256').update(whole).digest('hex'));
    const { spec } = graph.nodes[1];
    expect(spec.type === 'dense' && spec.kernel.read()).toEqual(values.slice(0, 6));
  });

  it('brings the names of its classes', async () => {
    const { labels } = await read([
      ...members('net/'),
      { name: 'net/metadata.json', content: bytes('{"labels": ["cat", "dog"]}') },
    ]);
    expect(labels).toEqual(['cat', 'dog']);
  });

  it.each([
    ['labels.txt', 'cat\ndog\n'],
    ['net/labels.txt', '0 cat\n1 dog\n'],
    ['net/class_indices.json', '{"cat": 0, "dog": 1}'],
    ['config.json', '{"architectures": ["Net"], "id2label": {"0": "cat", "1": "dog"}}'],
    ['docs/classes.csv', 'index,name\n0,cat\n1,dog\n'],
    ['net/data.yaml', 'nc: 2\nnames:\n  0: cat\n  1: dog\n'],
  ])('brings the names of its classes in %s', async (name, text) => {
    const { labels } = await read([
      { name: 'READ ME.txt', content: bytes('Thank you for downloading.') },
      { name: 'net/training.yaml', content: bytes('epochs: 3') },
      ...members('net/'),
      { name, content: bytes(text), method: 8 },
    ]);
    expect(labels).toEqual(['cat', 'dog']);
  });

  it('opens without names where they are damaged', async () => {
    const { labels } = await read([
      ...members('net/'),
      { name: 'net/metadata.json', content: bytes('version https://git-lfs.github.com/spec/v1') },
    ]);
    expect(labels).toBeNull();
  });

  it('says of a description that is none no more than that', async () => {
    const [, ...shards] = members();
    const torn = { name: 'model.json', content: bytes('{"modelTopology": secret') };
    await expect(read([torn, ...shards])).rejects.toThrow(
      'model.json is no JSON, or it breaks off. Save or download it again.',
    );
  });

  it('has no names where no file is called like a list of them', async () => {
    const { labels } = await read([...members(), { name: 'READ ME.txt', content: bytes('Hello.') }]);
    expect(labels).toBeNull();
  });

  it.each([
    [
      'a shard is missing',
      members().slice(0, 2),
      'model.json refers to two.bin, which is not in the archive.',
    ],
    [
      'a name leads out of it',
      [...members(), { name: '../run.sh', content: bytes('x') }],
      'net.zip holds "../run.sh", a file that leads out of the archive.',
    ],
    [
      'a name is a path of the system',
      [...members(), { name: '/etc/x', content: bytes('x') }],
      'net.zip holds "/etc/x", a file that leads out of the archive.',
    ],
    [
      'it holds no network',
      [{ name: 'cat.jpg', content: bytes('x') }],
      'net.zip holds no network: no model.json, and no file ending in .onnx, .h5, .hdf5, .keras.',
    ],
    [
      'it holds two',
      [
        { name: 'a.onnx', content: bytes('x') },
        { name: 'b.onnx', content: bytes('x') },
      ],
      'net.zip holds 2 networks (a.onnx, b.onnx). Unpack it and drop one.',
    ],
    [
      'it is a bomb',
      [members()[0], { name: 'one.bin', content: new Uint8Array(30e6), method: 8 }, members()[2]],
      /^"one\.bin" in this archive would unpack from \d+ to 30000000 bytes\. It is damaged, or made to fill the memory\.$/,
    ],
    [
      'it is a bomb that lies about its size',
      [members()[0], { name: 'one.bin', content: new Uint8Array(30e6), method: 8, told: 20 }, members()[2]],
      'This archive is damaged or cut off. Save or download it again.',
    ],
  ])('is refused where %s', async (_, given, says) => {
    await expect(read(given as Member[])).rejects.toThrow(says);
  });
});
