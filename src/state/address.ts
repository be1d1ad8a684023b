import { placeOf } from './place';
import {
  type ExplainSettings,
  explainSettings,
  initialSettings,
  type Setting,
  type SettingKey,
  settingKeys,
} from './settings';

export interface Address {
  settings: ExplainSettings;
  /** What in the address could not be understood, a sentence each. */
  problems: string[];
}

const settingOf = (key: SettingKey) => explainSettings[key] as Setting<unknown>;

/** The settings as address parameters: what decides the numbers always, the look where it was changed. */
export function parametersOf(settings: ExplainSettings): Record<string, string> {
  return Object.fromEntries(
    settingKeys
      .filter((key) => {
        const value = settings[key];
        return value !== '' && !(settingOf(key).look && value === settingOf(key).initial);
      })
      .map((key) => [settingOf(key).parameter, settingOf(key).format(settings[key])]),
  );
}

/** `#explain?model=photos10&...` */
export function formatAddress(settings: ExplainSettings): string {
  return `#explain?${new URLSearchParams(parametersOf(settings))}`;
}

/** Reads the part of an address from `#` on. What is missing or wrong takes its initial value. */
export function parseAddress(hash: string): Address {
  if (placeOf(hash) !== 'explain') return settingsOf({});
  const [place, query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const address = settingsOf(Object.fromEntries(new URLSearchParams(query)));
  if (place && place !== 'explain') address.problems.unshift(`There is no page "${place}".`);
  return address;
}

/** `scaling` was the name of `scale` before networks' own input scaling took it: such addresses go on to work. */
const renamed = ({ scaling, ...parameters }: Record<string, string>) => {
  if (scaling === undefined) return parameters;
  return { ...parameters, [scaling === 'layer' || scaling === 'global' ? 'scale' : 'scaling']: scaling };
};

/** Settings from parameters such as those of an address or of an analysis file. */
export function settingsOf(written: Record<string, string>): Address {
  const parameters = renamed(written);
  const settings: Record<string, unknown> = { ...initialSettings };
  const problems: string[] = [];
  const unknown = new Set(Object.keys(parameters));
  for (const key of settingKeys) {
    const setting = settingOf(key);
    const text = parameters[setting.parameter];
    unknown.delete(setting.parameter);
    if (text === undefined) continue;
    const value = setting.parse(text);
    if (value === undefined) {
      problems.push(`"${setting.parameter}=${text}" is not understood; allowed: ${setting.allowed}.`);
    } else {
      settings[key] = value;
    }
  }
  for (const name of unknown) problems.push(`There is no setting "${name}".`);
  return { settings: settings as ExplainSettings, problems };
}
