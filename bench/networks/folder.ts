import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NetworkManifest } from '../../src/network/network-summary';
import { seededRandom } from '../../src/semiotics';
import { convNextTiny } from './convnext-tiny';
import { type ExportedId, exportedIds, writeExported } from './exported';
import type { KerasModel } from './keras-model';
import { resnet18 } from './resnet18';
import { vgg16 } from './vgg16';

const root = path.resolve(import.meta.dirname, '../..');
const mobileNetFolder = path.resolve(root, '../shared/models/mobilenet_v1_0.75_224');

export const networkIds = ['photos10', 'resnet18', 'mobilenet', 'vgg16', 'convnext', ...exportedIds] as const;
export type NetworkId = (typeof networkIds)[number];

/** Bytes of one weight file, as the TensorFlow.js converter cuts them. */
const shardBytes = 4 * 2 ** 20;

/**
 * Writes a network into `<folder>/<id>`, as page and peers read it: `manifest.json`, `model.json` with its weight files or `model.onnx`, and
 * `input.bin`, one preprocessed picture of seeded noise [h, w, c] in float32.
 * @returns why there is no such network here, or null
 */
export function writeNetwork(id: NetworkId, folder: string): string | null {
  const target = path.join(folder, id);
  mkdirSync(target, { recursive: true });
  switch (id) {
    case 'photos10':
      copyNetwork(id, path.join(root, 'public/networks/photos10'), target);
      return null;
    case 'mobilenet':
      if (!existsSync(mobileNetFolder)) return 'MobileNet v1 is not at ../shared/models';
      copyNetwork(id, mobileNetFolder, target);
      return null;
    case 'resnet18':
      writeSeeded(id, resnet18(), target, 18);
      return null;
    case 'vgg16':
      writeSeeded(id, vgg16(), target, 16);
      return null;
    case 'convnext':
      writeSeeded(id, convNextTiny(), target, 22);
      return null;
    default:
      return writeOnnx(id, target);
  }
}

function writeOnnx(id: ExportedId, target: string): string | null {
  const absent = writeExported(id, target);
  if (absent) return absent;
  const bytes = statSync(path.join(target, 'model.onnx')).size;
  describe(target, id, [224, 224, 3], bytes, 1000, { format: 'onnx', model: 'model.onnx' });
  return null;
}

function copyNetwork(id: string, source: string, target: string): void {
  const text = readFileSync(path.join(source, 'model.json'), 'utf8');
  const model = JSON.parse(text) as {
    modelTopology: { model_config?: Topology } & Topology;
    weightsManifest: { paths: string[] }[];
  };
  const files = model.weightsManifest.flatMap(({ paths }) => paths);
  for (const file of files) copyFileSync(path.join(source, file), path.join(target, file));
  writeFileSync(path.join(target, 'model.json'), text);
  const { layers } = (model.modelTopology.model_config ?? model.modelTopology).config;
  const inputShape = layers[0].config.batch_input_shape?.slice(1) as [number, number, number];
  const bytes = files.reduce((sum, file) => sum + readFileSync(path.join(target, file)).length, 0);
  const classes = id === 'photos10' ? 10 : 1000;
  describe(target, id, inputShape, bytes, classes);
}

interface Topology {
  config: { layers: { config: { batch_input_shape?: (number | null)[] } }[] };
}

function writeSeeded(id: string, model: KerasModel, target: string, seed: number): void {
  const length = model.weights.reduce((sum, { shape }) => sum + product(shape), 0);
  const values = new Float32Array(length);
  const random = seededRandom(seed);
  let at = 0;
  for (const { shape, mean, spread } of model.weights) {
    const end = at + product(shape);
    for (; at < end; at++) values[at] = mean + (2 * random.next() - 1) * spread;
  }
  const bytes = Buffer.from(values.buffer);
  const shards = Math.ceil(bytes.length / shardBytes);
  const paths = Array.from({ length: shards }, (_, i) => `group1-shard${i + 1}of${shards}.bin`);
  paths.forEach((file, i) => {
    writeFileSync(path.join(target, file), bytes.subarray(i * shardBytes, (i + 1) * shardBytes));
  });
  const weights = model.weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  writeFileSync(
    path.join(target, 'model.json'),
    JSON.stringify({
      format: 'layers-model',
      modelTopology: model.topology,
      weightsManifest: [{ paths, weights }],
    }),
  );
  describe(target, id, model.inputShape, bytes.length, model.classes);
}

function describe(
  target: string,
  id: string,
  inputShape: [number, number, number],
  bytes: number,
  classes: number,
  file: Pick<NetworkManifest, 'format' | 'model'> = { format: 'tfjs-layers-model', model: 'model.json' },
): void {
  const manifest: NetworkManifest = {
    id,
    title: id,
    description: 'For the bench',
    ...file,
    bytes,
    inputShape,
    preprocessing: { scale: 1 / 127.5, offset: -1 },
    labels: Array.from({ length: classes }, (_, i) => `class ${i}`),
  };
  writeFileSync(path.join(target, 'manifest.json'), JSON.stringify(manifest));
  const random = seededRandom(7);
  const input = Float32Array.from({ length: product(inputShape) }, () => 2 * random.next() - 1);
  writeFileSync(path.join(target, 'input.bin'), Buffer.from(input.buffer));
}

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
