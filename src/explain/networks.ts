import { type AnalyseRequest, type NetworkSource, networkEndings } from '../engine/protocol';
import { bundledNetworks, type ExplainSettings } from '../state/settings';

/** Networks opened from files, by the value of the setting `model`. */
const opened = new Map<string, NetworkSource>();

const prefix = 'file:';

/** Whether a network came from files, which the address cannot name for another visit. */
export const isOwnNetwork = (model: string) => model.startsWith(prefix);

export const isBundled = (model: string) => bundledNetworks.some((id) => id === model);

/** Whether a file of this name can describe a network. */
export const describesNetwork = (path: string) =>
  networkEndings.some((ending) => path.toLowerCase().endsWith(`.${ending}`));

/** Files of one network, `main` describing it; gives back what the setting `model` calls it. */
export function keepFiles(files: { path: string; blob: Blob }[], main: string): string {
  const parts = main.split('/').filter(Boolean);
  const stem = (parts.at(-1) ?? main).replace(/\.[a-z0-9]+$/i, '');
  const title = stem === 'model' ? (parts.at(-2) ?? stem) : stem;
  const model = `${prefix}${title}`;
  opened.set(model, { kind: 'files', id: title, main, files });
  return model;
}

/** Address of a file that comes with the page. */
export const ownFile = (path: string) => new URL(path, document.baseURI).href;

/** Address of a bundled network's manifest. */
export const manifestAddress = (id: string) => ownFile(`networks/${id}/manifest.json`);

/** @throws Error where the setting names a network whose files are not at hand */
export function sourceOf(model: string): NetworkSource {
  const source = opened.get(model);
  if (source) return source;
  if (isBundled(model)) return { kind: 'bundled', address: manifestAddress(model) };
  if (isOwnNetwork(model)) {
    throw new Error(
      `it was opened from files on an earlier visit; open "${model.slice(prefix.length)}" again`,
    );
  }
  if (!describesNetwork(model.split(/[?#]/)[0])) {
    throw new Error(
      `there is no network of that name; the page has ${bundledNetworks.join(', ')}, or takes the address of a model.json, .keras, .h5 or .onnx file`,
    );
  }
  return { kind: 'address', address: ownFile(model) };
}

/** What every request to the engine says of the network and where it runs. */
export const networkRequest = ({
  backend,
  model,
  inputScaling,
}: ExplainSettings): Pick<AnalyseRequest, 'backend' | 'network' | 'scaling'> => ({
  backend,
  network: sourceOf(model),
  scaling: inputScaling === 'auto' ? null : inputScaling,
});
