import { baseName } from '../files/named-file';
import {
  type LabelFile,
  type NetworkRequest,
  type NetworkSource,
  networkEndings,
} from '../network/network-request';
import type { AnalyseRequest } from '../saliency/analysis';
import { bundledNetworks, type ExplainSettings } from '../state/settings';
import { say } from '../text/say';

/** A file of a network with its folders. */
export interface NetworkPart {
  path: string;
  blob: Blob;
}

/** A network opened from files. */
export interface OwnNetwork {
  source: Extract<NetworkSource, { kind: 'files' }>;
  /** Tells its files from others of the same name. */
  fingerprint: string;
}

/** Networks opened from files, by the value of the setting `model`. */
const opened = new Map<string, OwnNetwork>();

/** Names of classes that were given to networks, by the same value. */
const labelFiles = new Map<string, LabelFile>();

const prefix = 'file:';

/** Whether a network came from files, which the address cannot name in another browser. */
export const isOwnNetwork = (model: string) => model.startsWith(prefix);

/** What a network from files is called. */
export const titleOfOwn = (model: string) => model.slice(prefix.length);

/** The file that a network was opened from, as messages call it; null for a network that comes otherwise. */
export function fileOfOwn(model: string): string | null {
  const own = opened.get(model);
  return own ? baseName(own.source.main) : isOwnNetwork(model) ? titleOfOwn(model) : null;
}

export const isBundled = (model: string) => bundledNetworks.some((id) => id === model);

/** Whether a file of this name can describe a network. */
export const describesNetwork = (path: string) =>
  networkEndings.some((ending) => path.toLowerCase().endsWith(`.${ending}`));

const fingerprintOf = (files: readonly NetworkPart[]) =>
  JSON.stringify(
    files.map(({ path, blob }) => [path, blob.size, blob instanceof File ? blob.lastModified : 0]).sort(),
  );

/**
 * Takes the files of one network, `main` describing it; gives back what the setting `model` calls it. The same files have the
 * same name again, others of that name get a number.
 */
export function takeFiles(files: NetworkPart[], main: string): string {
  const parts = main.split('/').filter(Boolean);
  const stem = (parts.at(-1) ?? main).replace(/\.[a-z0-9]+$/i, '');
  const title = stem === 'model' ? (parts.at(-2) ?? stem) : stem;
  const fingerprint = fingerprintOf(files);
  const free = (id: string) => (opened.get(prefix + id)?.fingerprint ?? fingerprint) === fingerprint;
  let id = title;
  for (let number = 2; !free(id); number++) id = `${title} (${number})`;
  opened.set(prefix + id, { source: { kind: 'files', id, main, files }, fingerprint });
  return prefix + id;
}

/** Takes a network that was kept on an earlier visit, under the name it had. */
export function takeKept(id: string, network: OwnNetwork, labels: LabelFile | null): string {
  const model = prefix + id;
  opened.set(model, network);
  nameClasses(model, labels);
  return model;
}

export const ownNetwork = (model: string): OwnNetwork | null => opened.get(model) ?? null;

/** Lets a network go: it cannot be chosen any more. */
export function dropOwn(model: string): void {
  opened.delete(model);
  labelFiles.delete(model);
}

/** Gives a network names for its classes; null gives it back its own. */
export function nameClasses(model: string, file: LabelFile | null): void {
  if (file) labelFiles.set(model, file);
  else labelFiles.delete(model);
}

export const labelsOf = (model: string): LabelFile | null => labelFiles.get(model) ?? null;

/** Address of a file that comes with the page. */
export const ownFile = (path: string) => new URL(path, document.baseURI).href;

/** Address of a bundled network's manifest. */
export const manifestAddress = (id: string) => ownFile(`networks/${id}/manifest.json`);

/** @throws Error where the setting names a network whose files are not at hand */
export function sourceOf(model: string): NetworkSource {
  const own = opened.get(model);
  if (own) return own.source;
  if (isBundled(model)) return { kind: 'bundled', address: manifestAddress(model) };
  if (isOwnNetwork(model)) {
    throw new Error(
      say('it is not kept in this browser; open "{model}" again', { model: titleOfOwn(model) }),
    );
  }
  if (!describesNetwork(model.split(/[?#]/)[0])) {
    throw new Error(
      say(
        'there is no network of that name; the page has {bundledNetworks}, or takes the address of a model.json, .keras, .h5, .onnx or .zip file',
        { bundledNetworks: bundledNetworks.join(', ') },
      ),
    );
  }
  return { kind: 'address', address: ownFile(model) };
}

/** Networks of which somebody was told that they take much memory or time, and went on. */
const wantedThoughLarge = new Set<string>();

/** Notes that a network is to be read, however much it takes; for this visit. */
export const goOnThoughLarge = (model: string): void => {
  wantedThoughLarge.add(model);
};

/** What every request to the engine says of the network and where it runs. */
export const networkRequest = ({
  backend,
  model,
  inputScaling,
  output,
  reads,
  size,
  operations,
}: ExplainSettings): NetworkRequest & Pick<AnalyseRequest, 'scaling'> => ({
  backend,
  network: sourceOf(model),
  reading: { output: output || null, reads, size, operations },
  labels: labelsOf(model),
  scaling: inputScaling === 'auto' ? null : inputScaling,
  ...(wantedThoughLarge.has(model) ? { evenIfLarge: true } : {}),
});
