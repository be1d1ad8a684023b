import type { Shard } from '../src/study/run/choose-pictures';

/** A command line that asks for what there is not; a sentence. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Words of a command line: those that stand alone, `--name value`, and `--name` for switches. */
export interface Arguments {
  words: string[];
  /** The value after `--name`. */
  value(name: string): string | null;
  /** @throws UsageError where it is no number above 0 */
  number(name: string): number | null;
  isSet(name: string): boolean;
}

/**
 * @param valued names of options that take a value
 * @param switches names of options that take none
 * @throws UsageError for an option that is unknown or lacks its value
 */
export function readArguments(
  line: readonly string[],
  { valued, switches }: { valued: readonly string[]; switches: readonly string[] },
): Arguments {
  const words: string[] = [];
  const values = new Map<string, string>();
  const set = new Set<string>();
  for (let i = 0; i < line.length; i++) {
    const name = line[i].startsWith('--') ? line[i].slice(2) : null;
    if (name === null) {
      words.push(line[i]);
    } else if (switches.includes(name)) {
      set.add(name);
    } else if (!valued.includes(name)) {
      throw new UsageError(
        `--${name} is no option here; there are ${[...valued, ...switches].map((each) => `--${each}`).join(', ')}.`,
      );
    } else {
      const value = line[i + 1];
      if (value === undefined || value.startsWith('--')) throw new UsageError(`--${name} needs a value.`);
      values.set(name, value);
      i += 1;
    }
  }
  const value = (name: string) => values.get(name) ?? null;
  return {
    words,
    value,
    number(name) {
      const text = value(name);
      if (text === null) return null;
      const number = Number(text);
      if (!(number > 0)) throw new UsageError(`--${name} must be a number above 0, not "${text}".`);
      return number;
    },
    isSet: (name) => set.has(name),
  };
}

/** "3/16": the third of sixteen parts. @throws UsageError */
export function shardOf(value: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(value)?.map(Number) ?? [];
  if (index >= 1 && index <= of) return { index, of };
  throw new UsageError(`--shard ${value}: expected I/N, such as 3/16, I from 1 to N.`);
}
