import { loadCode } from '../../code/missing-code';
import { labelsInMetadata, parseLabels } from '../labels/labels';
import { isGraphModel, type ModelFile, modelGraph, weightBytes, weightPaths } from '../layers-model';
import { NetworkError } from '../network-errors';
import { nameInConfig, networkName, textAt } from '../network-name';
import { type NetworkEnding, networkEndings } from '../network-request';
import { startHash } from './file-hash';
import {
  type NetworkFile,
  type NetworkFiles,
  nameOf,
  type ReadOptions,
  readInPieces,
  readText,
  readWhole,
} from './network-files';
import type { ReadNetwork } from './read-network';
import { scalingBeside } from './scaling-beside';

type Reader = (files: NetworkFiles, options: ReadOptions) => Promise<ReadNetwork>;

/** One reader a format, by the ending of the file that describes the network. The code of all but the bundled networks' comes when it is needed. */
const readers: Record<NetworkEnding, Reader> = {
  json: readLayersModelFiles,
  onnx: readOnnx,
  h5: readKeras,
  hdf5: readKeras,
  keras: readKeras,
  zip: readArchive,
};

/**
 * Reads the files of a network.
 * @throws NetworkError naming the file and what is wrong with it
 */
export async function readNetworkFiles(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const name = nameOf(files.main.path).toLowerCase();
  const ending = networkEndings.find((known) => name.endsWith(`.${known}`));
  if (!ending) {
    throw new NetworkError(`${name} is in no format that is read here: ${networkEndings.join(', ')}.`);
  }
  const read = await readers[ending](files, options);
  if (read.scaling && !read.scaling.isGuess) return read;
  const told = await scalingBeside(files, read.graph.input.shape[2], options.signal);
  return { ...read, scaling: told ?? read.scaling };
}

/** A topology of more than this is none. */
const LONGEST_TOPOLOGY = 64e6;

async function readLayersModelFiles(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const model = (await readJson(files.main, options)) as ModelFile;
  const shards = weightPaths(model).map((path) => files.beside(path));
  const hash = startHash();
  const bytes = await readInPieces(shards, options, hash, weightBytes(model));
  const sha256 = await hash.digest();
  const graph = await modelGraph(model, bytes, options.size);
  const told = await toldBy(model, graph.input.shape[2]);
  const beside = await metadataBeside(files, options);
  const labels = told.labels ?? labelsInMetadata(beside);
  const { modelTopology, userDefinedMetadata } = model;
  const topology = (modelTopology as { model_config?: unknown }).model_config ?? modelTopology;
  const name = nameInConfig(topology) ?? textAt(userDefinedMetadata, 'name') ?? textAt(beside, 'modelName');
  const format = isGraphModel(model) ? 'tfjs-graph-model' : 'tfjs-layers-model';
  return { graph, format, sha256, ...told, labels, name };
}

async function toldBy(
  { userDefinedMetadata }: ModelFile,
  channels: number,
): Promise<Pick<ReadNetwork, 'labels' | 'scaling'>> {
  if (!userDefinedMetadata) return { labels: null, scaling: null };
  const { toldMetadata } = await loadCode(() => import('../scaling/told-metadata'));
  return toldMetadata(userDefinedMetadata, channels);
}

async function readJson(file: NetworkFile, options: ReadOptions): Promise<unknown> {
  const text = await readText(file, LONGEST_TOPOLOGY, options.signal);
  try {
    return JSON.parse(text);
  } catch {
    // What engines say of it quotes the file.
    throw new NetworkError(`${nameOf(file.path)} is no JSON, or it breaks off. Save or download it again.`);
  }
}

/** Teachable Machine writes the names of its classes, and its own, into a `metadata.json` beside the network. */
async function metadataBeside(files: NetworkFiles, options: ReadOptions): Promise<unknown> {
  const file = files.find('metadata.json');
  if (!file) return null;
  try {
    return await readJson(file, options);
  } catch (error) {
    // The network is whole without it.
    if (error instanceof NetworkError) return null;
    throw error;
  }
}

/** A list of classes is no longer, in bytes. */
const LONGEST_LIST = 4e6;

/** The names in the first of some files that holds any. */
async function labelsAmong(files: readonly NetworkFile[], { signal }: ReadOptions): Promise<string[] | null> {
  for (const file of files) {
    try {
      return parseLabels(await readText(file, LONGEST_LIST, signal), nameOf(file.path));
    } catch (error) {
      // What is no list after all, or damaged, names no classes.
      if (!(error instanceof NetworkError)) throw error;
    }
  }
  return null;
}

async function readOnnx(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const { readOnnxFiles } = await loadCode(() => import('../onnx/read-onnx'));
  return readOnnxFiles(files, options);
}

async function readKeras(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const { readKerasFile } = await loadCode(() => import('../keras/keras-files'));
  return readKerasFile(files, options);
}

async function readArchive(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const { filesOfArchive } = await loadCode(() => import('./archive-files'));
  const archive = files.main.blob ?? new Blob([await readWhole(files.main, options)]);
  const { files: inside, lists } = await filesOfArchive(archive, files.main.path);
  const read = await readNetworkFiles(inside, { ...options, onBytes: () => {} });
  const labels = read.labels ?? (await labelsAmong(lists, options));
  return { ...read, labels, name: networkName(inside.main.path, read.name) };
}
