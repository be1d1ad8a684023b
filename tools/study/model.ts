import { existsSync, openAsBlob, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { recognise, saidOfForeign } from '../../src/files/recognise';
import { type NetworkSource, networkEndings } from '../../src/network/network-request';
import { bundledNetworks } from '../../src/state/settings';
import { UsageError } from '../command-line';

/** Where the page finds a network, and what its settings call it. */
export interface Model {
  /** Folder that is to be served, and the path it is served at. */
  folders: Record<string, string>;
  /** Value of the setting `model`. */
  setting: string;
  source(address: string): NetworkSource;
}

/** @throws UsageError where there is no such network */
export function findModel(model: string): Model {
  if (bundledNetworks.some((id) => id === model)) {
    return {
      folders: {},
      setting: model,
      source: (address) => ({ kind: 'bundled', address: `${address}/networks/${model}/manifest.json` }),
    };
  }
  if (/^https?:/.test(model)) {
    return { folders: {}, setting: model, source: () => ({ kind: 'address', address: model }) };
  }
  if (!existsSync(model)) {
    throw new UsageError(
      `--model ${model}: there is no such file, and the networks that come with Supersign are ${bundledNetworks.join(', ')}.`,
    );
  }
  const file = path.resolve(model);
  const folder = path.basename(path.dirname(file));
  const stem = path.basename(file).replace(/\.[a-z0-9]+$/i, '');
  return {
    // Under its own name, which tells what family it is of and how pictures are scaled for it.
    folders: { [`/model/${folder}`]: path.dirname(file) },
    // As the page calls a network opened from files.
    setting: `file:${stem === 'model' ? folder : stem}`,
    source: (address) => ({
      kind: 'address',
      address: `${address}/model/${encodeURIComponent(folder)}/${encodeURIComponent(path.basename(file))}`,
    }),
  };
}

/** The network is a file of another kind. */
export class ForeignNetworkError extends Error {
  override name = 'ForeignNetworkError';
}

/** Files of a folder that are looked at. */
const MOST_LOOKED_AT = 1000;

/** @throws ForeignNetworkError saying what a file or a folder of another kind is, and what makes it readable, as the page does */
export async function assertNoForeign(model: string): Promise<void> {
  const isRead = networkEndings.some(
    (ending) => ending !== 'zip' && model.toLowerCase().endsWith(`.${ending}`),
  );
  const isFolder = existsSync(model) && statSync(model).isDirectory();
  if (!existsSync(model) || (isRead && !isFolder)) return;
  const paths = isFolder ? filesIn(model) : [model];
  const { networks, foreign } = await recognise(
    await Promise.all(paths.map(async (each) => ({ path: each, blob: await openAsBlob(each) }))),
  );
  if (isFolder && networks.length > 0) {
    const files = networks.map(({ main }) => main.path);
    throw new ForeignNetworkError(
      `${model} is a folder. Name the network in it: --model ${files.join(' or ')}`,
    );
  }
  const says = networks.length === 0 ? saidOfForeign(foreign) : null;
  if (says) throw new ForeignNetworkError(says);
  if (isFolder) throw new ForeignNetworkError(`${model} is a folder that holds no network.`);
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .slice(0, MOST_LOOKED_AT)
    .map(({ parentPath, name }) => path.join(parentPath, name));
