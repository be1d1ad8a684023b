import { NetworkError } from '../errors';
import { type NetworkFiles, type ReadOptions, readWhole } from '../files';
import type { ReadNetwork } from '../formats';
import { onnxGraph } from './graph';
import { type Model, readModel } from './messages';

/** Side files of one network; PyTorch writes one, some tools one a weight. */
const MOST_SIDE_FILES = 1000;

/**
 * Reads an ONNX network, `.onnx`, with its weights inside or in files beside it.
 * @throws NetworkError naming what cannot be read
 */
export async function readOnnxFiles(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const own = await readWhole(files.main, options);
  const model = readModel(own);
  const sides = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const location of sideFilesOf(model)) {
    sides.set(location, await readWhole(files.beside(location), options));
  }
  const graph = onnxGraph(model, (location) => sides.get(location) as Uint8Array);
  return {
    graph,
    format: 'onnx',
    bytes: joined([own, ...sides.values()]),
    labels: null,
    scaling: { scaling: 'imagenet', reason: "PyTorch's networks are usually trained so." },
  };
}

function sideFilesOf({ graph }: Model): string[] {
  const locations = new Set<string>();
  for (const { external, name } of graph.initializers) {
    if (!external) continue;
    const location = external.get('location');
    if (!location) throw new NetworkError(`The tensor "${name}" does not say in which file it lies.`);
    locations.add(location);
  }
  if (locations.size > MOST_SIDE_FILES) {
    throw new NetworkError(`This network has ${locations.size} files beside it, too many.`);
  }
  return [...locations];
}

/** The files one behind the other, for their checksum. */
function joined(parts: readonly Uint8Array<ArrayBuffer>[]): ArrayBuffer {
  if (parts.length === 1 && parts[0].length === parts[0].buffer.byteLength) return parts[0].buffer;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole.buffer;
}
