import type { NetworkManifest, NetworkSource, NetworkSummary } from '../protocol';
import { sha256Of } from '../sha256';
import { buildNetwork } from './build';
import { NetworkError } from './errors';
import { filesAtAddress, filesOfBlobs, type NetworkFiles, nameOf, type ReadOptions, readText } from './files';
import { type ReadNetwork, readNetworkFiles } from './formats';
import imagenetClassesUrl from './imagenet-classes.json?url';
import type { Network } from './network';
import { assertReadsPictures, guessScaling, type Scaling, scalingOf, uniformScaling } from './scaling';

export interface LoadedNetwork {
  network: Network;
  summary: NetworkSummary;
  /** How pictures are scaled unless the settings say otherwise. */
  scaling: Scaling;
}

/** A network whose files are read and described, and that is not on a backend yet. */
export interface PreparedNetwork extends Omit<ReadNetwork, 'labels' | 'scaling' | 'bytes'> {
  id: string;
  title: string;
  sha256: string;
  labels: string[] | null;
  scaling: Scaling;
  scalingReason: string;
}

/** What tells two sources apart. */
export const sourceKey = (source: NetworkSource) =>
  source.kind === 'files' ? `files ${source.id}` : `${source.kind} ${source.address}`;

/**
 * Reads the files of a network, as far as that goes without a backend.
 * @throws NetworkError naming the file that is missing or damaged
 */
export async function prepareNetwork(source: NetworkSource, options: ReadOptions): Promise<PreparedNetwork> {
  if (source.kind === 'bundled') return prepareBundled(source.address, options);
  const files =
    source.kind === 'address' ? filesAtAddress(source.address) : filesOfBlobs(source.files, source.main);
  const { bytes, labels, scaling, ...read } = await readNetworkFiles(files, options);
  const title = titleOf(files);
  assertReadsPictures(read.graph.input.shape[2]);
  const found = scaling ?? guessScaling(read.graph, title);
  return {
    ...read,
    id: source.kind === 'address' ? source.address : source.id,
    title,
    sha256: await sha256Of(bytes),
    labels,
    scaling: scalingOf(found.scaling),
    scalingReason: found.reason,
  };
}

async function prepareBundled(address: string, options: ReadOptions): Promise<PreparedNetwork> {
  const manifestFiles = filesAtAddress(address);
  const manifest: NetworkManifest = JSON.parse(await readText(manifestFiles.main, 1e6, options.signal));
  const files = filesAtAddress(new URL(manifest.model, new URL(address, self.location.href)).href);
  const { bytes, graph, format } = await readNetworkFiles(files, options);
  const { id, title, labels, preprocessing } = manifest;
  return {
    graph,
    format,
    id,
    title,
    sha256: await sha256Of(bytes),
    labels,
    scaling: uniformScaling(preprocessing.scale, preprocessing.offset),
    scalingReason: 'As the network was trained.',
  };
}

/** "mobilenet" of ".../mobilenet/model.json"; the file's own name where that says more. */
function titleOf({ main }: NetworkFiles): string {
  const name = nameOf(main.path).replace(/\.[a-z0-9]+$/i, '');
  const folder = main.path.split('/').filter(Boolean).at(-2);
  return name === 'model' && folder ? decoded(folder) : name;
}

/** Folders of an address are encoded; those of files may hold a per cent sign that means itself. */
function decoded(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}

/**
 * Puts a prepared network on the current backend.
 * @throws NetworkError naming the layer that does not fit, or the classes that do not match
 */
export async function loadPrepared(prepared: PreparedNetwork): Promise<LoadedNetwork> {
  const { graph, id, title, format, sha256, scaling, scalingReason } = prepared;
  const network = buildNetwork(graph);
  try {
    const [classes] = network.nodes[network.output].shape;
    const labels = prepared.labels ?? (await usualLabels(classes));
    if (classes !== labels.length) {
      throw new NetworkError(`${id} has ${classes} classes, but ${labels.length} labels are listed for it.`);
    }
    const inputShape: [number, number, number] = [...network.inputShape];
    const summary = { id, title, format, sha256, inputShape, labels, scalingReason };
    return { network, summary, scaling };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** ImageNet's names for a thousand classes, else "class 7". */
async function usualLabels(classes: number): Promise<string[]> {
  if (classes === 1000) return (await fetch(imagenetClassesUrl)).json();
  return Array.from({ length: classes }, (_, index) => `class ${index}`);
}
