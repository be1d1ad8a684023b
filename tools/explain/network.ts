import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NetworkSource } from '../../src/network/network-request';
import { bundledNetworks } from '../../src/state/settings';
import { networks } from '../bundled';
import { findModel } from '../study/model';

/**
 * The network that the command line names, where Node finds it.
 * @param shownName what figures are to call it; null as it is called
 * @returns also what the page's setting `model` calls it
 * @throws UsageError where there is no such network
 */
export function findNetwork(
  model: string,
  shownName: string | null,
): { source: NetworkSource; name: string; shownName: string; setting: string } {
  const { setting } = findModel(model);
  const name = setting.replace(/^file:/, '');
  const named = { name, shownName: shownName ?? name, setting };
  if (bundledNetworks.some((id) => id === model)) {
    const address = pathToFileURL(path.join(networks, model, 'manifest.json')).href;
    return { ...named, source: { kind: 'bundled', address } };
  }
  const address = /^https?:/.test(model) ? model : pathToFileURL(path.resolve(model)).href;
  return { ...named, source: { kind: 'address', address } };
}
