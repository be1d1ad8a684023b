import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../codecs/zip/zip-testing';
import { openZip } from '../network/files/network-archive';
import { bytes, field, named, zipNamed } from './files-testing';
import type { NamedFile } from './named-file';
import { filesForSet, recognise, saidOfForeign, saidOfMissing } from './recognise';

const fixture = (path: string) => readFileSync(new URL(`../network/${path}`, import.meta.url));
const onnx = (path: string) => named(path, fixture('onnx/fixtures/squeezenet.onnx'));
const keras = (path: string) => named(path, fixture('keras/fixtures/vgg.keras3.keras'));
const hdf5 = (path: string) => named(path, fixture('keras/fixtures/vgg.keras2.h5'));
const description = (...paths: string[]) =>
  JSON.stringify({ format: 'layers-model', modelTopology: {}, weightsManifest: [{ paths, weights: [] }] });
const shard = (path: string) => named(path, [0x3f, 0x80, 0x81, 2, 3, 0xff, 0, 7]);

const fingerprint =
  '08c193ce9aeca89391f80110e0e1d1ead78c8ef28301189cfcdbae90f7e5dee30120b7ef9ecdc8add4aed9012881a9cb8aa7afaede2b320208043a27333233343335383536323139333437363535373238373733303835363231333239313638373038';

const scene = sharp({ create: { width: 8, height: 8, channels: 3, background: '#3a7' } });
const png = (path: string) =>
  scene
    .clone()
    .png()
    .toBuffer()
    .then((content) => named(path, content));

/** The files that a `.keras` archive holds, in a folder. */
async function unpacked(folder: string): Promise<NamedFile[]> {
  const archive = openZip(new Uint8Array(fixture('keras/fixtures/vgg.keras3.keras')));
  const contents = archive.names.map(async (name) =>
    named(`${folder}${name}`, await archive.read(name, 1e9)),
  );
  return Promise.all(contents);
}

/** What was found, by the paths of the files. */
async function found(files: NamedFile[]) {
  const { networks, foreign, ...others } = await recognise(files);
  const lists = Object.entries(others).map(([name, list]) => [name, list.map(({ path }) => path)] as const);
  return {
    networks: networks.map(({ main }) => main.path),
    foreign: foreign.map(({ kind }) => kind),
    ...Object.fromEntries(lists.filter(([, paths]) => paths.length > 0)),
  };
}

describe('a .keras archive that was unpacked', () => {
  it.each([
    ['in a folder', 'mine/', 'mine/mine.keras'],
    ['in a folder named like the archive', 'nets/vgg.keras/', 'nets/vgg.keras/vgg.keras'],
    ['as loose files', '', 'model.keras'],
  ])('is that network again, %s', async (_, folder, path) => {
    const files = await unpacked(folder);
    expect(files.map((file) => file.path)).toContain(`${folder}model.weights.h5`);
    expect(await found([...files, await png(`${folder}scene.png`)])).toEqual({
      networks: [path],
      foreign: [],
      pictures: [`${folder}scene.png`],
    });
    const [{ main, format, files: parts }] = (await recognise(files)).networks;
    expect([format, parts.length]).toEqual(['keras', 1]);
    const again = openZip(new Uint8Array(await main.blob.arrayBuffer()));
    const before = openZip(new Uint8Array(fixture('keras/fixtures/vgg.keras3.keras')));
    expect([...again.names].sort()).toEqual([...before.names].sort());
    for (const name of before.names) {
      expect(Buffer.from(await again.read(name, 1e9)).equals(await before.read(name, 1e9))).toBe(true);
    }
  });

  it('is told of where a part of it is missing', async () => {
    const files = await unpacked('mine/');
    const without = (name: string) => files.filter(({ path }) => path !== `mine/${name}`);
    expect((await found(without('model.weights.h5'))).networks).toEqual([]);
    expect((await found(without('config.json'))).foreign).toContain('keras-weights');
  });
});

describe('networks', () => {
  it.each([
    ['ONNX', onnx('squeezenet.onnx'), 'onnx'],
    ['ONNX without its ending', onnx('download'), 'onnx'],
    ['a Keras archive', keras('vgg.keras'), 'keras'],
    ['a Keras archive called .zip', keras('vgg.zip'), 'keras'],
    ['HDF5', hdf5('vgg.h5'), 'hdf5'],
    ['HDF5 under another name', hdf5('vgg.model'), 'hdf5'],
    ['TensorFlow.js', named('model.json', description()), 'tensorflow.js'],
    [
      'TensorFlow.js of a graph, whose layers stand far behind',
      named(
        'net (1).json',
        `{"format": "graph-model", "signature": "${'x'.repeat(7e4)}", "modelTopology": {}}`,
      ),
      'tensorflow.js',
    ],
    ['an archive of one', zipNamed('export.zip', { 'web/model.json': '{}', 'web/a.bin': 'x' }), 'zip'],
  ] as const)('%s', async (_, file, format) => {
    expect((await recognise([file])).networks).toMatchObject([
      { format, main: { path: file.path }, missing: [] },
    ]);
  });

  it('a damaged file is what its name says, and its reader tells the rest', async () => {
    const cut = named('net.onnx', fixture('onnx/fixtures/squeezenet.onnx').subarray(0, 5000));
    expect((await recognise([cut])).networks).toMatchObject([{ format: 'onnx' }]);
  });

  it('weights lie beside it in ONNX, whatever they look like', async () => {
    const { networks, foreign } = await recognise([
      onnx('net.onnx'),
      named('net.onnx.data', [1, 2, 3, 0xff, 0xfe]),
    ]);
    expect(networks[0].files.map(({ path }) => path)).toEqual(['net.onnx', 'net.onnx.data']);
    expect(foreign).toEqual([]);
  });

  it('so do weights without a byte, as PyTorch leaves them beside a small network', async () => {
    const { networks, foreign } = await recognise([onnx('net.onnx'), named('net.onnx.data', '')]);
    expect(networks[0].files).toHaveLength(2);
    expect(foreign).toEqual([]);
  });

  it('a list of classes comes along; the notes of Teachable Machine are left to the reader', async () => {
    const { networks, labels } = await recognise([
      named('metadata.json', '{"labels": ["a", "b"]}'),
      named('labels.txt', 'a\nb'),
      named('model.json', description('weights.bin')),
      shard('weights.bin'),
    ]);
    expect(networks[0].labels?.path).toBe('labels.txt');
    expect(networks[0].files.map(({ path }) => path)).toEqual(['model.json', 'weights.bin', 'metadata.json']);
    expect(labels).toEqual([]);
  });

  it('several in one drop each have their own files', async () => {
    const { networks } = await recognise([
      named('a/model.json', description('weights.bin')),
      shard('a/weights.bin'),
      named('b/model.json', description('weights.bin')),
      shard('b/weights.bin'),
      onnx('c.onnx'),
      shard('c.onnx.data'),
    ]);
    expect(networks.map(({ files }) => files.map(({ path }) => path))).toEqual([
      ['a/model.json', 'a/weights.bin'],
      ['b/model.json', 'b/weights.bin'],
      ['c.onnx', 'c.onnx.data'],
    ]);
  });

  it('a model.json alone says which files to drop with it', async () => {
    const [network] = (await recognise([named('model.json', description('weights.bin'))])).networks;
    expect(saidOfMissing(network)).toBe(
      'model.json refers to weights.bin, which is not among the files. Drop it together with model.json, or drop their folder.',
    );
    const shards = Array.from({ length: 7 }, (_, i) => `group1-shard${i + 1}of7.bin`);
    const [large] = (await recognise([named('model.json', description(...shards)), shard(shards[0])]))
      .networks;
    expect(saidOfMissing(large)).toBe(
      'model.json refers to group1-shard2of7.bin and 5 more, up to group1-shard7of7.bin, which are not among the files. Drop them together with model.json, or drop their folder.',
    );
  });

  it.each(['weights (1).bin', 'weights(2).bin', 'weights - Copy.bin', 'Weights copy 2.bin', 'other.bin'])(
    'weights called %s are not missing',
    async (path) => {
      const { networks } = await recognise([
        named('model (1).json', description('weights.bin')),
        shard(path),
      ]);
      expect(networks).toMatchObject([{ missing: [], files: [{ path: 'model (1).json' }, { path }] }]);
    },
  );

  it('weights that came as a web page are named as what they are', async () => {
    const { networks, foreign } = await recognise([
      named('model.json', description('weights.bin')),
      named('weights.bin', '<!doctype html><title>Sign in</title>'),
    ]);
    expect(networks[0].missing).toEqual(['weights.bin']);
    expect(saidOfForeign(foreign)).toMatch(/^weights\.bin is a web page/);
  });
});

describe('pictures', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('%s is one whatever its name', async (format) => {
    const file = named('download', await scene.clone().toFormat(format).toBuffer());
    expect(await found([file])).toEqual({ networks: [], foreign: [], pictures: ['download'] });
  });

  it('BMP and SVG are, a page with a drawing in it is not', async () => {
    const files = [
      named('a', 'BM', new Uint8Array(60)),
      named('b.svg', '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
      named('c.svg', '<html><body><svg></svg></body></html>'),
    ];
    expect(await found(files)).toEqual({ networks: [], foreign: ['html'], pictures: ['a', 'b.svg'] });
  });

  it('a picture and a network in one drop are both there', async () => {
    const files = [await png('collie.png'), onnx('net.onnx')];
    expect(await found(files)).toEqual({ networks: ['net.onnx'], foreign: [], pictures: ['collie.png'] });
  });

  it('archives of them, also of empty ones', async () => {
    const files = [
      zipNamed('cats.zip', { 'cats/1.jpg': 'x', 'cats/notes.txt': 'x' }),
      zipNamed('empty.zip', { 'a.png': '', 'b.png': '' }),
      zipNamed('phone.zip', { 'a.heic': bytes([0, 0, 0, 24], 'ftypheic', new Uint8Array(40)) }),
    ];
    expect(await found(files)).toEqual({
      networks: [],
      foreign: ['heic'],
      archives: ['cats.zip', 'empty.zip'],
    });
  });

  it('an archive of both says so', async () => {
    const { networks } = await recognise([zipNamed('both.zip', { 'net.onnx': 'x', 'cats/1.jpg': 'x' })]);
    expect(networks).toMatchObject([{ format: 'zip', pictures: true }]);
  });

  it('a set takes them, and what lies among them; not the folder notes of systems', async () => {
    const all = await recognise([
      await png('a'),
      named('set/.DS_Store', 'x'),
      named('__MACOSX/set/._b.png', 'x'),
      named('set/Thumbs.db', 'x'),
      named('set/scan.tif', [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      named('set/notes.doc', 'Some words.'),
    ]);
    expect(filesForSet(all).map(({ path, picture }) => [path, picture])).toEqual([
      ['a', true],
      ['set/scan.tif', undefined],
    ]);
    expect(filesForSet(await recognise([named('set/scan.tif', 'II*\0')]))).toEqual([]);
  });

  it('many at once are told by their names', async () => {
    const files = Array.from({ length: 300 }, (_, i) => named(`set/${i}.jpg`, 'x'));
    expect((await recognise([...files, onnx('net.onnx')])).pictures).toHaveLength(300);
  });
});

describe('files that are saved here', () => {
  it.each([
    ['analyses', named('a.json', '{"schema":"supersign/analysis","version":1}')],
    ['analyses', named('torn.json', '{"schema": "supersign/ana')],
    ['searches', named('b', ' {"schema": "supersign/search"}')],
    ['studies', named('c.json', '{"schema":"supersign/study"}')],
    ['studies', named('d', gzipSync('{"schema":"supersign/study"}'))],
    ['studies', named('cut.supersign-study.json.gz', [0x1f, 0x8b, 8, 0])],
    ['studies', named('e.parquet', 'PAR1', new Uint8Array(8))],
  ])('%s', async (list, file) => {
    expect(await found([file])).toEqual({ networks: [], foreign: [], [list]: [file.path] });
  });
});

describe('lists of classes', () => {
  it.each([
    named('labels.txt', 'cat\ndog'),
    named('old.txt', [0x63, 0xe4, 0x74, 0x0a, 0x64]),
    named('classes.json', '["cat", "dog"]'),
    named('class_indices.json', '{"cat": 0, "dog": 1}'),
    named('config.json', '{"model_type": "vit", "id2label": {"0": "cat", "1": "dog"}}'),
    named('classes.csv', 'index,name\n0,cat\n1,dog\n'),
    named('data.yaml', 'names:\n  0: cat\n  1: dog\n'),
  ])('$path', async (file) => {
    expect(await found([file])).toEqual({ networks: [], foreign: [], labels: [file.path] });
  });
});

describe('what is said', () => {
  it('an archive tells of the file in it that says what it is', async () => {
    const { foreign } = await recognise([
      named(
        'converted.zip',
        zipOf([
          { name: 'net/m.tflite', content: bytes([28, 0, 0, 0], 'TFL3', new Uint8Array(9e3)), method: 8 },
        ]),
      ),
    ]);
    expect(foreign[0].says).toMatch(
      /^converted\.zip is a zip archive with another kind of file in it: m\.tflite is a TensorFlow Lite model/,
    );
  });

  it('each kind once, and how many more there were', async () => {
    const { foreign } = await recognise([
      named('a.pdf', '%PDF-1.7'),
      named('b.pdf', '%PDF-1.7'),
      named('c.psd', '8BPS\0\x01'),
    ]);
    expect(saidOfForeign(foreign)).toMatch(
      /^a\.pdf is a PDF.*c\.psd is a document of Photoshop\..* 1 more file was left out\.$/,
    );
    expect(saidOfForeign([])).toBeNull();
  });

  it('of the parts of a SavedModel only the telling one', async () => {
    const { foreign } = await recognise([
      named('net/saved_model.pb', field(1, 1), field(2, 'graph')),
      // As TensorFlow 2.21 writes it.
      named('net/fingerprint.pb', Buffer.from(fingerprint, 'hex')),
      named(
        'net/variables/variables.index',
        new Uint8Array(60),
        [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb],
      ),
      named('net/variables/variables.data-00000-of-00001', [1, 0xff]),
    ]);
    expect(foreign.map(({ kind }) => kind)).toEqual(['saved-model']);
  });

  it('of the architecture of a Keras archive without its weights what is to be dropped with it', async () => {
    const { networks, foreign } = await recognise([
      named('net/config.json', '{"class_name": "Sequential", "config": {}}'),
      named('net/metadata.json', '{"keras_version": "3.8.0"}'),
    ]);
    expect(networks).toEqual([]);
    expect(saidOfForeign(foreign)).toMatch(
      /^config\.json is the architecture of a Keras model, without its weights\..*config\.json and model\.weights\.h5 together\.$/,
    );
  });

  it('a long name stays tellable', async () => {
    const path = `${'photograph-'.repeat(30)}17.pdf`;
    const { foreign } = await recognise([named(path, '%PDF-1.7')]);
    expect(foreign[0].says).toMatch(/^photograph-photograph-.*….*-17\.pdf is a PDF/);
    expect(foreign[0].says.indexOf(' is ')).toBeLessThanOrEqual(64);
  });
});
