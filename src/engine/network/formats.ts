import { type NetworkEnding, networkEndings } from '../protocol';
import { NetworkError } from './errors';
import { type NetworkFiles, nameOf, type ReadOptions, readJoined, readText } from './files';
import type { Graph } from './graph';
import { readKerasFile } from './keras/files';
import { layersModelGraph, type ModelFile, weightBytes, weightPaths } from './layers-model';
import { readOnnxFiles } from './onnx/read-onnx';
import type { FoundScaling } from './scaling';
import { toldMetadata } from './told-metadata';

/** What the files of a network tell, before anything is computed. */
export interface ReadNetwork {
  graph: Graph;
  /** Format in the words of the analysis file. */
  format: string;
  /** The weights as they lie in the file, for their SHA-256. */
  bytes: ArrayBuffer;
  /** Names of the classes, where the file has them. */
  labels: string[] | null;
  /** How pictures are to be scaled, where the file tells or lets guess. */
  scaling: FoundScaling | null;
}

type Reader = (files: NetworkFiles, options: ReadOptions) => Promise<ReadNetwork>;

/** One reader a format, by the ending of the file that describes the network. */
const readers: Record<NetworkEnding, Reader> = {
  json: readLayersModelFiles,
  onnx: readOnnxFiles,
  h5: readKerasFile,
  hdf5: readKerasFile,
  keras: readKerasFile,
};

/**
 * Reads the files of a network.
 * @throws NetworkError naming the file and what is wrong with it
 */
export function readNetworkFiles(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const name = nameOf(files.main.path).toLowerCase();
  const ending = networkEndings.find((known) => name.endsWith(`.${known}`));
  if (!ending) {
    throw new NetworkError(`${name} is in no format that is read here: ${networkEndings.join(', ')}.`);
  }
  return readers[ending](files, options);
}

/** A topology of more than this is none. */
const LONGEST_TOPOLOGY = 64e6;

async function readLayersModelFiles(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const text = await readText(files.main, LONGEST_TOPOLOGY, options.signal);
  let model: ModelFile;
  try {
    model = JSON.parse(text);
  } catch (error) {
    throw new NetworkError(`${nameOf(files.main.path)} is no JSON: ${(error as Error).message}.`);
  }
  const shards = weightPaths(model).map((path) => files.beside(path));
  const bytes = await readJoined(shards, weightBytes(model), options);
  const graph = layersModelGraph(model, bytes);
  return { graph, format: 'tfjs-layers-model', bytes, ...toldMetadata(model.userDefinedMetadata) };
}
