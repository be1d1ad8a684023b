import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zipOf } from '../../codecs/zip/zip-testing';
import { buildNetwork } from '../build';
import { readNetworkFiles } from '../files/formats';
import { filesOfBlobs } from '../files/network-files';
import type { ReadNetwork } from '../files/read-network';
import { readKerasBytes } from '../keras/keras-testing';
import { parseLabels } from '../labels/labels';
import { NetworkError } from '../network-errors';
import { mutated, randomFrom, withRightChecksums } from './mutate';

type Bytes = Uint8Array<ArrayBuffer>;

/** A sound file, and how the page reads it when it is damaged. */
interface Sound {
  bytes: Bytes;
  read(bytes: Bytes): Promise<ReadNetwork | null>;
}

const network = path.resolve(import.meta.dirname, '..');
const bytesOf = (file: string): Bytes => Uint8Array.from(readFileSync(path.join(network, file)));

const options = { signal: new AbortController().signal, onBytes() {}, size: 32 };

/** Reads files of one network as they are dropped; the first describes it. */
const readDropped = (files: Record<string, Bytes>) => {
  const dropped = Object.entries(files).map(([name, bytes]) => ({ path: name, blob: new Blob([bytes]) }));
  return readNetworkFiles(filesOfBlobs(dropped, dropped[0].path), options);
};

const keras = (name: string): Sound => ({
  bytes: bytesOf(`keras/fixtures/${name}`),
  read: (bytes) => readKerasBytes(name, bytes),
});

const onnx = (name: string): Sound => ({
  bytes: bytesOf(`onnx/fixtures/${name}`),
  read: (bytes) => readDropped({ [name]: bytes }),
});

/** Small files with operations of a recipe, by their names there. */
function listed(list: string, ...names: string[]): Sound[] {
  const files: Record<string, { onnx: string }> = JSON.parse(
    new TextDecoder().decode(bytesOf(`onnx/fixtures/${list}`)),
  );
  return names.map((name) => ({
    bytes: Uint8Array.from(Buffer.from(files[name].onnx, 'base64')),
    read: (bytes) => readDropped({ 'recent.onnx': bytes }),
  }));
}

const graphModel = {
  'model.json': bytesOf('graph-model/fixtures/mixed/model.json'),
  'group1-shard1of1.bin': bytesOf('graph-model/fixtures/mixed/group1-shard1of1.bin'),
};

/** A LayersModel around weights that are all alike: what is damaged is its description. */
const layersModel = (): Record<string, Bytes> => {
  const layer = (name: string, className: string, config: object, input: string | null) => ({
    name,
    class_name: className,
    config: { name, ...config },
    inbound_nodes: input ? [[[input, 0, 0, {}]]] : [],
  });
  const weights = [
    { name: 'a/kernel', shape: [3, 3, 3, 4] },
    { name: 'a/bias', shape: [4] },
    { name: 'b/kernel', shape: [4, 2] },
    { name: 'b/bias', shape: [2] },
  ].map((weight) => ({ ...weight, dtype: 'uint8', quantization: { dtype: 'uint8', min: -1, scale: 0.01 } }));
  const layers = [
    layer('image', 'InputLayer', { batch_input_shape: [null, 16, 16, 3] }, null),
    layer('a', 'Conv2D', { filters: 4, kernel_size: [3, 3], padding: 'same', activation: 'relu' }, 'image'),
    layer('mean', 'GlobalAveragePooling2D', {}, 'a'),
    layer('b', 'Dense', { units: 2, activation: 'softmax' }, 'mean'),
  ];
  const config = { name: 'net', layers, input_layers: [['image', 0, 0]], output_layers: [['b', 0, 0]] };
  const description = {
    modelTopology: { class_name: 'Model', config },
    weightsManifest: [{ paths: ['w.bin'], weights }],
    userDefinedMetadata: { labels: ['yes', 'no'] },
  };
  return {
    'model.json': new TextEncoder().encode(JSON.stringify(description)),
    'w.bin': new Uint8Array(122).fill(100),
  };
};

/** One file of several is damaged. */
const described = (files: Record<string, Bytes>, which: string): Sound => ({
  bytes: files[which],
  read: (bytes) => readDropped({ ...files, [which]: bytes }),
});

const archived = (method: 0 | 8): Sound => ({
  bytes: zipOf(
    Object.entries(graphModel).map(([name, content]) => ({ name: `net/${name}`, content, method })),
  ),
  read: (bytes) => readDropped({ 'net.zip': bytes }),
});

const labels: Sound = {
  bytes: new TextEncoder().encode('{"0": ["n01440764", "tench"], "1": ["n01484850", "great_white_shark"]}'),
  async read(bytes) {
    parseLabels(new TextDecoder().decode(bytes), 'labels.json');
    return null;
  },
};

const sound: Sound[] = [
  keras('vgg.keras2.h5'),
  keras('nested.keras2.h5'),
  keras('efficientnet.keras3.h5'),
  keras('half.keras3.h5'),
  keras('nested.keras3.keras'),
  keras('groups.keras3.keras'),
  keras('constants.keras3.h5'),
  keras('shapes.keras3.keras'),
  keras('archive.keras213.keras'),
  keras('functions.keras215.h5'),
  onnx('../../tokens/fixtures/vit.onnx'),
  ...['beit', 'levit', 'xcit', 'swin', 'hiera', 'rotary'].map((name) =>
    onnx(`../../tokens/fixtures/${name}.onnx`),
  ),
  ...['detr', 'suppressed'].map((name) => onnx(`../../targets/fixtures/${name}.onnx`)),
  ...listed(
    'gated.json',
    'gates in both directions',
    'gates in both directions, reset before',
    'a softmax in whole numbers, over channels',
  ),
  ...listed('simple.json', 'in both directions, where they end, by either'),
  keras('stacks.keras3.keras'),
  ...listed(
    'recent.json',
    'attention with a mask of heads',
    'rotary positions of named places',
    'places by lists of every channel',
    'blocks laid back',
    'cubic, antialiased',
    'eight bits without a sign',
    'weights in bfloat16',
  ),
  ...listed(
    'fused.json',
    'memory in both directions',
    'places between others, by head',
    'the highest tokens',
    'the lowest by lists',
    'one way or another',
    'FusedConv, HardSigmoid',
    'SkipLayerNormalization',
    'Attention with a bias and what is added',
    'MultiHeadAttention, heads apart',
    'whole numbers of eight bits',
    'eight bits, whole',
  ),
  ...listed(
    '../batch/fixtures/batch.json',
    'heads behind pictures, TorchScript',
    'a class token repeated for all, torch.export',
    'windows behind pictures, TorchScript',
    'rows as sequences, torch.export',
    'numbers put at places, TorchScript',
  ),
  onnx('mobilenet_v1.onnx'),
  onnx('convnext.onnx'),
  onnx('squeezenet.onnx'),
  onnx('shufflenet.onnx'),
  described(graphModel, 'model.json'),
  described(graphModel, 'group1-shard1of1.bin'),
  described(layersModel(), 'model.json'),
  described(layersModel(), 'model.json'),
  archived(0),
  archived(8),
  labels,
];

/**
 * Reads a damaged file and builds its network on the current backend.
 * @param seed decides which file, and how it is damaged
 * @returns what the reader said; null where it read the file
 * @throws whatever is no sentence for the user
 */
export async function readMutant(seed: number): Promise<string | null> {
  const random = randomFrom(seed);
  const { bytes, read } = sound[Math.floor(random() * sound.length)];
  const damaged = Uint8Array.from(mutated(bytes, random));
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  try {
    const given = isArchive && random() < 0.8 ? Uint8Array.from(withRightChecksums(damaged)) : damaged;
    const found = await read(given);
    if (found) buildNetwork(found.graph).dispose();
    return null;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.message;
  }
}
