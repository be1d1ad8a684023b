import { placeOf } from './place';
import { readSettings, writeSettings } from './setting-table';
import { type ExplainSettings, explainSettings } from './settings';

export interface Address {
  settings: ExplainSettings;
  /** What in the address could not be understood, a sentence each. */
  problems: string[];
}

/** The settings as address parameters: what decides the numbers always, the look where it was changed. */
export const parametersOf = (settings: ExplainSettings): Record<string, string> =>
  writeSettings(explainSettings, settings);

/** `#explain?model=photos10&...` */
export function formatAddress(settings: ExplainSettings): string {
  return `#explain?${new URLSearchParams(parametersOf(settings))}`;
}

/** The parameters behind the `?` of an address' part from `#` on. */
export const parametersIn = (hash: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(hash.split(/\?(.*)/s)[1] ?? ''));

/** Reads the part of an address from `#` on. What is missing or wrong takes its initial value. */
export function parseAddress(hash: string): Address {
  if (placeOf(hash) !== 'explain') return settingsOf({});
  const [place] = hash.replace(/^#/, '').split('?');
  const address = settingsOf(parametersIn(hash));
  if (place && place !== 'explain') address.problems.unshift(`There is no page "${place}".`);
  return address;
}

/** `scaling` was the name of `scale` before networks' own input scaling took it: such addresses go on to work. */
const renamed = ({ scaling, ...parameters }: Record<string, string>) => {
  if (scaling === undefined) return parameters;
  return { ...parameters, [scaling === 'layer' || scaling === 'global' ? 'scale' : 'scaling']: scaling };
};

/** Settings from parameters such as those of an address or of an analysis file. */
export const settingsOf = (written: Record<string, string>): Address =>
  readSettings(explainSettings, renamed(written));
