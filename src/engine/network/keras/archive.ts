import { NetworkError } from '../errors';
import type { ReadNetwork } from '../formats';
import type { Weight } from '../graph';
import { datasetWeight, type ExtractHdf5, type Hdf5Contents, isHdf5 } from '../hdf5/contents';
import { toldMetadata } from '../told-metadata';
import { openZip, type ZipArchive } from '../zip';
import type { KerasWeights } from './layer-config';
import { readKerasTopology } from './topology';

/** A description of more bytes than this is none. */
const LONGEST_DESCRIPTION = 64e6;
const LONGEST_WEIGHTS = 4e9;
const WEIGHTS = 'model.weights.h5';

/**
 * The graph of a `.keras` archive: `config.json`, `metadata.json` and `model.weights.h5`.
 * @param bytes the archive; it is gone when the weights are read
 * @throws NetworkError where a part is missing or damaged, or a layer cannot be read
 */
export async function readKerasArchive(
  bytes: ArrayBuffer,
  extract: ExtractHdf5,
  signal: AbortSignal,
): Promise<Pick<ReadNetwork, 'graph' | 'labels' | 'scaling'>> {
  const archive = openZip(new Uint8Array(bytes));
  for (const name of ['config.json', WEIGHTS]) {
    if (archive.has(name)) continue;
    throw new NetworkError(
      `This archive has no ${name}, which every .keras file has. Export the whole model: model.save('model.keras').`,
    );
  }
  const config = await json(archive, 'config.json');
  const metadata = archive.has('metadata.json') ? await json(archive, 'metadata.json') : null;
  const { keras_version: version = '3', supersign } = (metadata ?? {}) as Record<string, unknown>;
  const weights = await archive.read(WEIGHTS, LONGEST_WEIGHTS);
  if (!isHdf5(weights)) throw new NetworkError(`${WEIGHTS} in this archive is no HDF5 file.`);
  const { buffer, byteOffset: offset, length } = weights;
  const request = { bytes: buffer, offset, length, attributes: [], skip: ['optimizer'] };
  const contents = await extract(request, signal);
  const topology = { keras_version: version, model_config: config };
  const graph = readKerasTopology(topology, numberedWeights(config, contents));
  return { graph, ...toldMetadata(supersign, graph.input.shape[2]) };
}

async function json(archive: ZipArchive, name: string): Promise<unknown> {
  const text = new TextDecoder().decode(await archive.read(name, LONGEST_DESCRIPTION));
  try {
    return JSON.parse(text);
  } catch {
    throw new NetworkError(`${name} in this archive is no JSON: the file is damaged.`);
  }
}

/**
 * Weights lie in groups called like the class of their layer, counted up in every model, by their position among
 * the layer's variables: `layers/conv2d_1/vars/0`, `layers/functional/layers/conv2d/vars/0`.
 */
function numberedWeights(config: unknown, contents: Hdf5Contents): KerasWeights {
  const groups = new Map<string, string>();
  collectGroups(config, '', [], groups);
  const byPath = new Map<string, Weight>(
    contents.datasets.map((dataset) => [dataset.path, datasetWeight(contents, dataset)]),
  );
  return {
    find: (path, _, position) => byPath.get(`${groups.get(JSON.stringify(path))}/vars/${position}`) ?? null,
  };
}

interface Described {
  class_name?: unknown;
  name?: unknown;
  config?: { name?: unknown; layers?: unknown };
}

/** @param groups takes the group of every layer, by its path as JSON */
function collectGroups(
  model: unknown,
  group: string,
  path: readonly string[],
  groups: Map<string, string>,
): void {
  const layers = (model as Described | null)?.config?.layers;
  if (!Array.isArray(layers) || path.length > 20) return;
  const counts = new Map<string, number>();
  for (const layer of layers as (Described | null)[]) {
    const name = String(layer?.name ?? layer?.config?.name);
    const kind = snakeCase(String(layer?.class_name));
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const own = `${group}layers/${kind}${count > 0 ? `_${count}` : ''}`;
    groups.set(JSON.stringify([...path, name]), own);
    collectGroups(layer, `${own}/`, [...path, name], groups);
  }
}

/** `to_snake_case` of keras/src/utils/naming.py. */
const snakeCase = (name: string) =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
