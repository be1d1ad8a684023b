import { startHash } from '../files/file-hash';
import { type NetworkFiles, type ReadOptions, readInPieces } from '../files/network-files';
import type { ReadNetwork } from '../files/read-network';
import type { StoredBytes } from '../files/stored-bytes';
import { labelsInMetadata } from '../labels/labels';
import { NetworkError } from '../network-errors';
import type { FoundScaling } from '../scaling/scaling';
import { scalingInNotes, scalingInText } from '../scaling/scaling-notes';
import { assertReadsPicture } from './kinds';
import { onnxGraph } from './onnx-graph';
import { type Model, readModel } from './onnx-messages';

/** Side files of one network; PyTorch writes one, some tools one a weight. */
const MOST_SIDE_FILES = 1000;

/**
 * Reads an ONNX network, `.onnx`, with its weights inside or in files beside it.
 * @throws NetworkError naming what cannot be read
 */
export async function readOnnxFiles(files: NetworkFiles, options: ReadOptions): Promise<ReadNetwork> {
  const hash = startHash();
  const own = await readInPieces([files.main], options, hash, files.main.size);
  const model = readModel(own);
  // Before the weights beside it: nobody fetches gigabytes to be told that they are of another kind.
  assertReadsPicture(model.graph);
  const byLocation = new Map<string, StoredBytes>();
  const sides = [...sideFilesOf(model)].map(([location, extent]) => ({
    location,
    file: files.beside(location, extent),
  }));
  for (const { location, file } of sides) {
    byLocation.set(location, await readInPieces([file], options, hash, file.size));
  }
  const sizeHint = sizeIn(model.metadata);
  const graph = onnxGraph(
    model,
    (location) => byLocation.get(location) as StoredBytes,
    options.size ?? sizeHint,
  );
  return {
    graph,
    format: 'onnx',
    name: model.graph.name || undefined,
    sha256: await hash.digest(),
    labels: labelsInMetadata(Object.fromEntries(model.metadata)),
    sizeHint,
    scaling: scalingOf(model, graph.input.shape[2]),
  };
}

/**
 * As the file's notes tell; else a guess for colour, unless the network was built with Keras or TensorFlow, where names tell
 * more; null for others.
 */
function scalingOf({ metadata, description, producer, graph }: Model, channels: number): FoundScaling | null {
  const told =
    scalingInNotes(Object.fromEntries(metadata), 'the file', channels) ??
    scalingInText(description, channels);
  const isChannelsLast = graph.inputs.some(({ shape }) => shape?.length === 4 && shape[3] === 3);
  if (told || channels !== 3 || isChannelsLast || /tf2onnx|keras|tensorflow/i.test(producer)) return told;
  const whose = /pytorch/i.test(producer) ? "PyTorch's networks" : 'Networks in this format';
  return { scaling: 'imagenet', reason: `Guessed: ${whose} are usually trained so.`, isGuess: true };
}

/** Rows and columns as Ultralytics notes them, "[224, 224]". */
function sizeIn(metadata: ReadonlyMap<string, string>): number | undefined {
  const [, rows, columns = rows] =
    /^\[?(\d{1,4})(?:, *(\d{1,4}))?\]?$/.exec(metadata.get('imgsz') ?? '') ?? [];
  return rows !== undefined && rows === columns ? Number(rows) : undefined;
}

/** The files beside a network, and the bytes that each of them needs; undefined where the file does not say it. */
function sideFilesOf({ graph }: Model): Map<string, number | undefined> {
  const locations = new Map<string, number | undefined>();
  for (const { external, name } of graph.initializers) {
    if (!external) continue;
    const location = external.get('location');
    if (!location) throw new NetworkError(`The tensor "${name}" does not say in which file it lies.`);
    const end = Number(external.get('offset') ?? 0) + Number(external.get('length') ?? Number.NaN);
    const before = locations.has(location) ? (locations.get(location) ?? Number.NaN) : 0;
    const most = Math.max(before, end);
    locations.set(location, Number.isNaN(most) ? undefined : most);
  }
  if (locations.size > MOST_SIDE_FILES) {
    throw new NetworkError(`This network has ${locations.size} files beside it, too many.`);
  }
  return locations;
}
