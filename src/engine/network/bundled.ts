import type { NetworkManifest, NetworkSummary } from '../protocol';
import { sha256Of } from '../sha256';
import { NetworkError } from './errors';
import { type ModelFile, readLayersModel, weightPaths } from './layers-model';
import type { Network } from './network';

export interface LoadedNetwork {
  network: Network;
  manifest: NetworkManifest;
  summary: NetworkSummary;
}

export interface LoadOptions {
  signal: AbortSignal;
  /** Bytes read so far, of the total the manifest announces. */
  onBytes(read: number, total: number): void;
}

/** The files of a network, as they were downloaded. */
export interface NetworkFiles {
  manifest: NetworkManifest;
  /** What `model.json` holds. */
  model: ModelFile;
  /** The joined weight files. */
  weights: ArrayBuffer;
}

/**
 * Downloads the network a manifest describes.
 * @throws NetworkError with the address of the file that is missing or damaged
 */
export async function fetchBundledNetwork(address: string, options: LoadOptions): Promise<NetworkFiles> {
  const base = new URL(address, self.location.href);
  const manifest = (await (await get(base, options.signal)).json()) as NetworkManifest;
  const modelAddress = new URL(manifest.model, base);
  const model = await (await get(modelAddress, options.signal)).json();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for (const path of weightPaths(model)) {
    const body = (await get(new URL(path, modelAddress), options.signal)).body as ReadableStream<
      Uint8Array<ArrayBuffer>
    >;
    const reader = body.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      parts.push(chunk.value);
      read += chunk.value.length;
      options.onBytes(read, manifest.bytes);
    }
  }
  if (read !== manifest.bytes) {
    throw new NetworkError(
      `The weights of ${manifest.id} are ${read} bytes long instead of ${manifest.bytes}: the download was cut off or the file changed.`,
    );
  }
  return { manifest, model, weights: await new Blob(parts).arrayBuffer() };
}

/**
 * Loads the network a manifest describes.
 * @throws NetworkError with the address of the file that is missing or damaged
 */
export async function loadBundledNetwork(address: string, options: LoadOptions): Promise<LoadedNetwork> {
  const { manifest, model, weights } = await fetchBundledNetwork(address, options);
  const [network, sha256] = await Promise.all([readLayersModel(model, weights), sha256Of(weights)]);
  const { id, title, format, labels } = manifest;
  const classes = network.nodes[network.output].shape[0];
  if (classes !== labels.length) {
    network.dispose();
    throw new NetworkError(
      `${manifest.id} has ${classes} classes, but its manifest lists ${labels.length} labels.`,
    );
  }
  const { inputShape } = network;
  return { network, manifest, summary: { id, title, format, sha256, inputShape: [...inputShape], labels } };
}

async function get(address: URL, signal: AbortSignal): Promise<Response> {
  const response = await fetch(address, { signal });
  if (!response.ok)
    throw new NetworkError(`${address.pathname} could not be loaded (HTTP ${response.status}).`);
  return response;
}
