import { statSync } from 'node:fs';
import path from 'node:path';
import { parametersOf, settingsOf } from '../src/state/address';
import { explainSettings } from '../src/state/settings';
import { readArguments, UsageError } from './command-line';
import { inLines } from './in-lines';
import type { Served } from './page-server';
import { servePicture } from './serve-picture';
import { findModel } from './study/model';

/** What the page is opened with. */
export interface Opening {
  /** What is served beside the page: the network's files, the picture. */
  served: Served;
  /** The part of the address from `#` on, once it is known where the page is served. */
  hash(address: string): string;
  port: number | null;
  /** Whether a browser is opened. */
  open: boolean;
}

/** Options that are parameters of the page's address, by their names there; switches stand alone. */
const switches = ['operations', 'pooling', 'torus'];
const parameters = Object.values(explainSettings)
  .map(({ parameter }) => parameter)
  .filter((name) => !['model', 'image', 'alike', ...switches].includes(name));

export const openUsage = `npx supersign open [PICTURE] [options]

Serves the page on this machine and opens it with a picture and a network of yours; nothing leaves the machine. Ctrl+C ends it.

  PICTURE            file or address of a picture, or the name of an example; else the first example
  --model MODEL      photos10, pictographs, the path or the address of a model.json, .onnx, .keras or .h5 file
  --alike PICTURE    a second picture, for networks that describe pictures by numbers
  --port N           else 4173.  --no-open: serves, and opens no browser

Everything else that the address may say (docs/address.md) is an option too:
  ${inLines(
    parameters.map((name) => `--${name}`),
    2,
  )}
  ${switches.map((name) => `--${name}`).join(' ')}

  npx supersign open dog.jpg --model resnet18.onnx --layer layer3.1.conv2 --method layer-cam`;

/** @throws UsageError */
export function openingOf(line: readonly string[]): Opening {
  const { words, value, number, isSet } = readArguments(line, {
    valued: ['model', 'image', 'alike', 'port', ...parameters],
    switches: ['no-open', ...switches],
  });
  const picture = value('image') ?? words[0] ?? null;
  if (words.length > 1) throw new UsageError(`One picture is opened, not ${words.length}.`);
  const model = findModel(value('model') ?? 'photos10');
  const routes: Record<string, NonNullable<Served['routes']>[string]> = {};
  const addressOf = (name: string, given: string | null) => {
    if (given === null) return null;
    if (!statSync(given, { throwIfNoEntry: false })?.isFile()) {
      // An example, or an address.
      if (/^https?:/.test(given) || /^[\w-]+$/.test(given)) return () => given;
      throw new UsageError(`There is no picture ${given}.`);
    }
    const [at, file] = [`/${name}/`, path.resolve(given)];
    routes[at] = servePicture(file);
    return (address: string) => `${address}${at}${encodeURIComponent(path.basename(file))}`;
  };
  const addresses = { image: addressOf('picture', picture), alike: addressOf('alike', value('alike')) };
  const written: Record<string, string> = {};
  for (const name of parameters) {
    const given = value(name);
    if (given !== null) written[name] = given;
  }
  for (const name of switches) if (isSet(name)) written[name] = '1';
  const { settings, problems } = settingsOf(written);
  if (problems.length > 0) throw new UsageError(problems.join(' '));
  return {
    served: { folders: model.folders, routes },
    hash(address) {
      const source = model.source(address);
      const opened = {
        ...settings,
        model: source.kind === 'address' ? source.address : model.setting,
        image: addresses.image?.(address) ?? '',
        alike: addresses.alike?.(address) ?? '',
      };
      return `#explain?${new URLSearchParams(parametersOf(opened))}`;
    },
    port: number('port'),
    open: !isSet('no-open'),
  };
}
