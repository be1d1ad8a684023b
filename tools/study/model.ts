import { existsSync, openAsBlob, statSync } from 'node:fs';
import path from 'node:path';
import { saidOf } from '../../src/files/foreign-kinds';
import { kindOf } from '../../src/files/kind-of';
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

/** @throws ForeignNetworkError saying what a file of another kind is, and what makes it readable, as the page does */
export async function assertNoForeign(model: string): Promise<void> {
  const isKnown = networkEndings.some((ending) => model.toLowerCase().endsWith(`.${ending}`));
  if (isKnown || !existsSync(model) || !statSync(model).isFile()) return;
  const kind = await kindOf({ path: model, blob: await openAsBlob(model) });
  if (kind.is === 'foreign') throw new ForeignNetworkError(saidOf(model, kind.kind));
}
