import { engine } from '../engine/engine-client';
import { saysNothing } from '../network/network-name';
import type { NetworkManifest } from '../network/network-summary';
import type { EngineProgress } from '../rpc/engine-progress';
import { type KnownNetwork, type ModelEntry, useExplain } from '../state/explain-store';
import { asItsFileSays, type ExplainSettings, initialSettings } from '../state/settings';
import { messageOf } from '../text/message-of';
import { say } from '../text/say';
import { fileOfOwn, isBundled, isOwnNetwork, manifestAddress, networkRequest, titleOfOwn } from './networks';

const { getState, setState } = useExplain;

/** @throws Error where there is no such network, or it cannot be read */
export async function loadNetwork(
  settings: ExplainSettings,
  onProgress: (progress: EngineProgress) => void,
  signal?: AbortSignal,
): Promise<KnownNetwork> {
  const { scaling: _, ...request } = networkRequest(settings);
  return engine.call('prepare', request, { signal, onProgress });
}

/** As its files are called; where that says nothing, as they call it, told apart from others of that name. */
function titleOf(manifest: KnownNetwork, model: string, models: readonly ModelEntry[]): string {
  if (isOwnNetwork(model) && !saysNothing(titleOfOwn(model))) return titleOfOwn(model);
  const { title } = manifest;
  const isTaken = (name: string) => models.some((each) => each.id !== model && each.title === name);
  let name = title;
  for (let number = 2; isTaken(name); number++) name = `${title} (${number})`;
  return name;
}

/** Takes a network that has been loaded into use, and into the list of those to choose from. */
export function takeNetwork(manifest: KnownNetwork, model: string): void {
  const { models } = getState();
  const title = titleOf(manifest, model, models);
  const entry = { id: model, title, bytes: models.find(({ id }) => id === model)?.bytes ?? null };
  const known = models.some(({ id }) => id === model);
  setState({
    manifest,
    models: known ? models.map((each) => (each.id === model ? entry : each)) : [...models, entry],
  });
}

/** The page opens with its own network where the one in the address cannot be had, and says why. */
export function fallBack(
  error: unknown,
  settings: ExplainSettings,
  problems: string[],
): Promise<KnownNetwork> {
  if (isBundled(settings.model)) throw error;
  problems.push(
    say('The network "{model}" could not be opened: {reason}', {
      model: fileOfOwn(settings.model) ?? settings.model,
      reason: messageOf(error).replace(/ Go on\?$/, ' Open it here to go on.'),
    }),
  );
  settings.model = initialSettings.model;
  Object.assign(settings, asItsFileSays);
  return json(manifestAddress(settings.model));
}

/** A file that comes with the page. */
export async function json(address: string): Promise<NetworkManifest & never[]> {
  const response = await fetch(address);
  if (!response.ok)
    throw new Error(
      say('{pathname} is missing (HTTP {status}).', {
        pathname: new URL(address).pathname,
        status: response.status,
      }),
    );
  return response.json();
}
