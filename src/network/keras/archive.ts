import { openZip, type ZipArchive } from '../files/network-archive';
import type { ReadNetwork } from '../files/read-network';
import { type ExtractHdf5, isHdf5, tensorsIn } from '../hdf5/hdf5-contents';
import { NetworkError } from '../network-errors';
import { nameInConfig } from '../network-name';
import { toldMetadata } from '../scaling/told-metadata';
import { numberedWeights } from './numbered-weights';
import { otherLayers } from './other-layers';
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
): Promise<Pick<ReadNetwork, 'graph' | 'labels' | 'scaling' | 'name'>> {
  const archive = openZip(new Uint8Array(bytes));
  const nameInArchive = (name: string) => memberCalled(archive, name) ?? name;
  for (const name of ['config.json', WEIGHTS]) {
    if (memberCalled(archive, name) !== null) continue;
    throw new NetworkError(
      `This archive has no ${name}, which every .keras file has. Export the whole model: model.save('model.keras').`,
    );
  }
  const config = await json(archive, 'config.json');
  const metadata =
    memberCalled(archive, 'metadata.json') === null ? null : await json(archive, 'metadata.json');
  const { keras_version: version = '3', supersign } = (metadata ?? {}) as Record<string, unknown>;
  const weights = await archive.read(nameInArchive(WEIGHTS), LONGEST_WEIGHTS);
  if (!isHdf5(weights)) throw new NetworkError(`${WEIGHTS} in this archive is no HDF5 file.`);
  const { buffer, byteOffset: offset, length } = weights;
  const request = { bytes: buffer, offset, length, attributes: [], skip: ['optimizer'] };
  const contents = await extract(request, signal);
  const topology = { keras_version: version, model_config: config };
  const graph = readKerasTopology(topology, numberedWeights(config, tensorsIn(contents, '')), otherLayers);
  return { graph, name: nameInConfig(config), ...toldMetadata(supersign, graph.input.shape[2]) };
}

/** A file of the archive, or of the one folder in it where it was packed again; Windows parts folders otherwise. */
function memberCalled(archive: ZipArchive, name: string): string | null {
  if (archive.has(name)) return name;
  const parts = (path: string) => path.split(/[\\/]/);
  const found = archive.names.filter((each) => parts(each).length === 2 && parts(each)[1] === name);
  return found.length === 1 ? found[0] : null;
}

async function json(archive: ZipArchive, name: string): Promise<unknown> {
  const text = new TextDecoder().decode(
    await archive.read(memberCalled(archive, name) ?? name, LONGEST_DESCRIPTION),
  );
  try {
    return JSON.parse(text);
  } catch {
    throw new NetworkError(`${name} in this archive is no JSON: the file is damaged.`);
  }
}
