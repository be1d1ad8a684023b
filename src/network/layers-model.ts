import { loadCode } from '../code/missing-code';
import { fromFloat16 } from '../codecs/float16';
import { counted } from '../text/counted';
import { bytesInMemory, copyRuns, type StoredBytes, wholeRuns } from './files/stored-bytes';
import type { KerasWeights } from './keras/layer-config';
import { type OtherLayers, usualLayers } from './keras/layers';
import { holdsOnly } from './keras/model';
import { readKerasTopology } from './keras/topology';
import { withoutCell } from './keras/without-cell';
import { NetworkError } from './network-errors';
import type { Graph, Weight } from './network-graph';
import { StoredTensors } from './stored-tensors';

/** `model.json` as TensorFlow.js and its converter write it. */
export interface ModelFile {
  readonly modelTopology?: object;
  readonly signature?: object;
  readonly weightsManifest?: readonly { readonly paths: string[]; readonly weights: WeightEntry[] }[];
  /** What whoever saved it wished to tell. */
  readonly userDefinedMetadata?: unknown;
}

interface WeightEntry {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly min?: number; readonly scale?: number };
}

/** The weight files a `model.json` names, in the order in which their bytes are to be joined. */
export function weightPaths(model: ModelFile): string[] {
  if (!model.modelTopology || !Array.isArray(model.weightsManifest)) {
    throw new NetworkError(
      'This model.json has no topology or no weights manifest. Export the whole model with tf.LayersModel.save.',
    );
  }
  return model.weightsManifest.flatMap((group) => listIn(group, 'paths') as string[]);
}

/** A list in one group of the manifest. */
function listIn(group: unknown, key: 'paths' | 'weights'): unknown[] {
  const list = (group as Partial<Record<typeof key, unknown>> | null)?.[key];
  if (!Array.isArray(list)) {
    throw new NetworkError(`The weights manifest of this model.json has a group without ${key}.`);
  }
  return list;
}

/** Bytes of all weight files together. @throws NetworkError where a weight is stored in an unknown way */
export function weightBytes(file: ModelFile): number {
  return weightEntries(file).reduce((sum, entry) => sum + entryLength(entry) * entryWidth(entry), 0);
}

/** Whether a model is a GraphModel, whose topology is a GraphDef: operations, not layers. */
export const isGraphModel = ({ modelTopology }: ModelFile) =>
  Array.isArray((modelTopology as { node?: unknown } | undefined)?.node);

/**
 * The graph of a TensorFlow.js LayersModel or GraphModel; what reads GraphModels, or layers that are not {@link usualLayers}, comes with the first of them.
 * @param weights the joined weight files of {@link weightPaths}; read piece by piece, never copied as a whole
 * @param size rows and columns of the pictures, for a GraphModel that leaves them open
 * @throws NetworkError naming what cannot be read
 */
export async function modelGraph(
  file: ModelFile,
  weights: StoredBytes | ArrayBuffer,
  size?: number,
): Promise<Graph> {
  if (!isGraphModel(file)) return layersModelGraph(file, weights, await othersFor(file));
  const { graphModelGraph } = await loadCode(() => import('./graph-model/graph-model'));
  return graphModelGraph(file, weightsOf(file, weights), size);
}

async function othersFor({ modelTopology }: ModelFile): Promise<OtherLayers | null> {
  const isUsual = (className: string) => className === 'InputLayer' || Object.hasOwn(usualLayers, className);
  if (holdsOnly(modelTopology, isUsual)) return null;
  return (await loadCode(() => import('./keras/other-layers'))).otherLayers;
}

/**
 * The graph of a TensorFlow.js LayersModel; parameters as in {@link modelGraph}.
 * @param others what reads all but the usual layers; null for a model that holds none of them, as the bundled ones
 */
export function layersModelGraph(
  file: ModelFile,
  weights: StoredBytes | ArrayBuffer,
  others: OtherLayers | null = null,
): Graph {
  return readKerasTopology(file.modelTopology, finder(weightsOf(file, weights)), others);
}

function weightsOf(file: ModelFile, weights: StoredBytes | ArrayBuffer): Map<string, Weight> {
  weightPaths(file);
  return manifestWeights(
    file,
    weights instanceof ArrayBuffer ? bytesInMemory(new Uint8Array(weights)) : weights,
  );
}

const bytesOf: Record<string, number> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 };

const weightEntries = (file: ModelFile) =>
  (file.weightsManifest ?? []).flatMap((group) => listIn(group, 'weights').map(entryOf));

function entryOf(value: unknown): WeightEntry {
  const { name, shape } = (value ?? {}) as { name?: unknown; shape?: unknown };
  const isSize = (size: unknown) => Number.isInteger(size) && (size as number) >= 0;
  if (typeof name !== 'string' || !Array.isArray(shape) || !shape.every(isSize)) {
    throw new NetworkError(
      `A weight in this model.json has no name or no shape: ${JSON.stringify(value ?? null).slice(0, 120)}.`,
    );
  }
  return value as WeightEntry;
}

const storedAs = ({ quantization, dtype }: WeightEntry) => quantization?.dtype ?? dtype;

function entryWidth(entry: WeightEntry): number {
  const width = bytesOf[storedAs(entry)];
  if (!width) {
    throw new NetworkError(`Weight "${entry.name}" is stored as ${storedAs(entry)}, which cannot be read.`);
  }
  return width;
}

const entryLength = ({ shape }: WeightEntry) => shape.reduce((product, size) => product * size, 1);

function manifestWeights(file: ModelFile, bytes: StoredBytes): Map<string, Weight> {
  const described = weightBytes(file);
  if (described !== bytes.length) {
    throw new NetworkError(
      `The weights are ${counted(bytes.length, 'byte')} long, but model.json describes ${described}: a file is missing, cut off or of another model.`,
    );
  }
  const byName = new Map<string, Weight>();
  let offset = 0;
  for (const entry of weightEntries(file)) {
    const size = entryLength(entry) * entryWidth(entry);
    const part = bytes.part(offset, offset + size);
    byName.set(entry.name, {
      shape: entry.shape,
      from: [part],
      read: () => decode(entry, part.bytes()),
      readInto: (target) => decodeInto(target, entry, part),
    });
    offset += size;
  }
  return byName;
}

/** A weight's values, run by run. */
function decodeInto(target: Float32Array, entry: WeightEntry, bytes: StoredBytes): void {
  if (storedAs(entry) === 'float32') {
    copyRuns(bytes, target);
    return;
  }
  let filled = 0;
  for (const run of wholeRuns(bytes, entryWidth(entry))) {
    const values = decode(entry, run);
    target.set(values, filled);
    filled += values.length;
  }
}

/** A weight's values; a view where the file already holds float32 at a whole place. */
function decode(entry: WeightEntry, bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const copied = () => bytes.slice().buffer;
  const { min = 0, scale = 1 } = entry.quantization ?? {};
  const dequantised = (values: Uint8Array | Uint16Array) =>
    Float32Array.from(values, (value) => (entry.quantization ? value * scale + min : value));
  switch (storedAs(entry)) {
    case 'float32':
      return bytes.byteOffset % 4 === 0
        ? new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
        : new Float32Array(copied());
    case 'int32':
      return Float32Array.from(new Int32Array(copied()));
    case 'float16':
      return fromFloat16(new Uint16Array(copied()));
    case 'uint16':
      return dequantised(new Uint16Array(copied()));
    default:
      return dequantised(bytes);
  }
}

/** Names are `layer/variable`, within nested models with or without the models' names before them; recurrent layers may have a cell's between. */
function finder(byName: ReadonlyMap<string, Weight>): KerasWeights {
  const tensors = new StoredTensors(byName);
  /** What a tensor may be called, and which it is; null where there are several. */
  const called = new Map<string, string | null>();
  const byEnd = new Map<string, string | null>();
  const add = (names: Map<string, string | null>, name: string, tensor: string) =>
    names.set(name, names.has(name) && names.get(name) !== tensor ? null : tensor);
  for (const tensor of byName.keys()) {
    const parts = tensor.split('/');
    const outside = [...withoutCell(parts.slice(0, -1)), ...parts.slice(-1)].join('/');
    for (const name of new Set([tensor, outside])) {
      if (name === tensor || !byName.has(name)) add(called, name, tensor);
      // A layer's name may itself hold slashes.
      for (
        let at = name.indexOf('/');
        name.includes('/', at + 1) && at >= 0;
        at = name.indexOf('/', at + 1)
      ) {
        add(byEnd, name.slice(at + 1), tensor);
      }
    }
  }
  return {
    tensors,
    find(path, variable) {
      const end = `${path[path.length - 1]}/${variable}`;
      const found = [`${path.join('/')}/${variable}`, end].map((name) => called.get(name)).find(Boolean);
      const name = found ?? byEnd.get(end);
      return name ? tensors.take(name) : null;
    },
    namesOf(path) {
      const layer = path[path.length - 1];
      return tensors.names.filter((name) => `/${name.slice(0, name.lastIndexOf('/'))}`.endsWith(`/${layer}`));
    },
  };
}
