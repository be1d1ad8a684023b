import { placeOf } from './place';
import { type ExplainSettings, explainSettings, type Setting } from './settings';

/** Settings by their key, each with what it is called in the address. */
export type SettingTable = Readonly<Record<string, Setting<unknown>>>;

/** The values of a table's settings. */
export type SettingsOf<Table extends SettingTable> = {
  [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never;
};

export interface Address {
  settings: ExplainSettings;
  /** What in the address could not be understood, a sentence each. */
  problems: string[];
}

/** The values of a table as address parameters: what decides the numbers always, the look where it was changed. */
export function writeSettings<Table extends SettingTable>(
  table: Table,
  values: SettingsOf<Table>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table)
      .filter(([key, setting]) => values[key] !== '' && !(setting.look && values[key] === setting.initial))
      .map(([key, setting]) => [setting.parameter, setting.format(values[key])]),
  );
}

/** The values that parameters give a table; what is missing or wrong takes its initial value, and a sentence tells of it. */
export function readSettings<Table extends SettingTable>(
  table: Table,
  parameters: Readonly<Record<string, string>>,
): { settings: SettingsOf<Table>; problems: string[] } {
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  const unknown = new Set(Object.keys(parameters));
  for (const [key, setting] of Object.entries(table)) {
    const text = parameters[setting.parameter];
    unknown.delete(setting.parameter);
    const value = text === undefined ? undefined : setting.parse(text);
    if (text !== undefined && value === undefined) {
      problems.push(`"${setting.parameter}=${text}" is not understood; allowed: ${setting.allowed}.`);
    }
    settings[key] = value === undefined ? setting.initial : value;
  }
  for (const name of unknown) problems.push(`There is no setting "${name}".`);
  return { settings: settings as SettingsOf<Table>, problems };
}

/** The settings of the Explain workspace as address parameters. */
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
