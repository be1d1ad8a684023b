import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NetworkSource } from '../../src/network/network-request';
import { bundledNetworks } from '../../src/state/settings';
import { findModel } from '../study/model';

/** Where the networks lie that come with the page: beside these sources, or in the package that they were built into. */
const networks =
  ['../../public/networks', '../dist/networks']
    .map((folder) => path.resolve(import.meta.dirname, folder))
    .find((folder) => existsSync(folder)) ?? '';

/**
 * The network that the command line names, where Node finds it.
 * @param name what figures and files are to call it; null as it is called
 * @returns also what the page's setting `model` calls it
 * @throws UsageError where there is no such network
 */
export function findNetwork(
  model: string,
  name: string | null,
): { source: NetworkSource; name: string; setting: string } {
  const { setting } = findModel(model);
  if (bundledNetworks.some((id) => id === model)) {
    const address = pathToFileURL(path.join(networks, model, 'manifest.json')).href;
    return { source: { kind: 'bundled', address }, name: name ?? model, setting };
  }
  const address = /^https?:/.test(model) ? model : pathToFileURL(path.resolve(model)).href;
  return { source: { kind: 'address', address }, name: name ?? setting.replace(/^file:/, ''), setting };
}
