/** How one setting is written in the address, and what may be written there. */
export interface Setting<Value> {
  /** Name of the address parameter. */
  readonly parameter: string;
  readonly initial: Value;
  /** The value a text stands for; undefined when it stands for none. */
  parse(text: string): Value | undefined;
  format(value: Value): string;
  /** What is allowed, in words, for the message about a wrong address. */
  readonly allowed: string;
  /** Settings of the look alone are written only where they differ from the initial value. */
  readonly look?: boolean;
}

export function oneOf<const Values extends readonly string[]>(
  parameter: string,
  values: Values,
  initial: Values[number],
  look = false,
): Setting<Values[number]> {
  return {
    parameter,
    initial,
    parse: (text) => values.find((value) => value === text),
    format: (value) => value,
    allowed: values.join(', '),
    look,
  };
}

export function oneOfNumbers<const Values extends readonly number[]>(
  parameter: string,
  values: Values,
  initial: Values[number],
): Setting<Values[number]> {
  return {
    parameter,
    initial,
    parse: (text) => values.find((value) => String(value) === text),
    format: String,
    allowed: values.join(', '),
  };
}

export function yesOrNo(parameter: string, initial: boolean, look = false): Setting<boolean> {
  return {
    parameter,
    initial,
    parse: (text) => (text === '1' ? true : text === '0' ? false : undefined),
    format: (value) => (value ? '1' : '0'),
    allowed: '0, 1',
    look,
  };
}

export const anyText = (parameter: string): Setting<string> => ({
  parameter,
  initial: '',
  parse: (text) => text,
  format: (value) => value,
  allowed: 'any text',
});

/** Some of the settings. */
export const partOf = <Settings extends object, Key extends keyof Settings>(
  settings: Settings,
  keys: readonly Key[],
): Pick<Settings, Key> =>
  Object.fromEntries(keys.map((key) => [key, settings[key]])) as unknown as Pick<Settings, Key>;

export const keysOf = <Key extends string>(table: Record<Key, unknown>) => Object.keys(table) as Key[];

/** A share from 0 to 1, written with at most two digits behind the point. */
export const share = (parameter: string, initial: number): Setting<number> => ({
  parameter,
  initial,
  parse: (text) => (/^(0(\.\d{1,2})?|1(\.0{1,2})?)$/.test(text) ? Number(text) : undefined),
  format: String,
  allowed: 'a number from 0 to 1, in hundredths',
});

/** A number between two bounds, both allowed, written as JavaScript writes numbers. */
export const numberBetween = (
  parameter: string,
  initial: number,
  least: number,
  most: number,
): Setting<number> => ({
  parameter,
  initial,
  parse: (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return value >= least && value <= most ? value : undefined;
  },
  format: String,
  allowed: `a number from ${least} to ${most}`,
});

/** A whole number between two bounds, both allowed. */
export const wholeBetween = (
  parameter: string,
  initial: number,
  least: number,
  most: number,
  look = false,
): Setting<number> => {
  const setting = numberBetween(parameter, initial, least, most);
  return {
    ...setting,
    look,
    parse: (text) => (/^-?\d+$/.test(text) ? setting.parse(text) : undefined),
    allowed: `a whole number from ${least} to ${most}`,
  };
};

/** Settings of one workspace by key. */
// biome-ignore lint/suspicious/noExplicitAny: a table holds settings of all sorts; `SettingsOf` gives each its own type back.
export type SettingTable = { readonly [key: string]: Setting<any> };

export type SettingsOf<Table extends SettingTable> = {
  [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never;
};

export function initialOf<Table extends SettingTable>(table: Table): SettingsOf<Table> {
  return Object.fromEntries(
    Object.entries(table).map(([key, { initial }]) => [key, initial]),
  ) as SettingsOf<Table>;
}

/** The settings as address parameters: what decides the numbers always, the look where it was changed. */
export function writeSettings<Table extends SettingTable>(
  table: Table,
  settings: SettingsOf<Table>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table)
      .filter(([key, { look, initial }]) => settings[key] !== '' && !(look && settings[key] === initial))
      .map(([key, { parameter, format }]) => [parameter, format(settings[key])]),
  );
}

/** Settings from address parameters; what is missing or wrong takes its initial value, and a sentence tells what was wrong. */
export function readSettings<Table extends SettingTable>(
  table: Table,
  parameters: Record<string, string>,
): { settings: SettingsOf<Table>; problems: string[] } {
  const settings: Record<string, unknown> = initialOf(table);
  const problems: string[] = [];
  const unknown = new Set(Object.keys(parameters));
  for (const [key, { parameter, parse, allowed }] of Object.entries(table)) {
    const text = parameters[parameter];
    unknown.delete(parameter);
    if (text === undefined) continue;
    const value = parse(text);
    if (value === undefined) {
      problems.push(`"${parameter}=${text}" is not understood; allowed: ${allowed}.`);
    } else {
      settings[key] = value;
    }
  }
  for (const name of unknown) problems.push(`There is no setting "${name}".`);
  return { settings: settings as SettingsOf<Table>, problems };
}
