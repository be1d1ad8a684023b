import { say } from './say';

/**
 * A number with its noun: "1 layer", "12 layers", "1,000 classes". Another language has it by the noun in the singular behind a number
 * sign, `# layer`, whatever the number.
 */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  const key = `# ${noun}`;
  const said = say(key);
  if (said !== key) return said.replace('#', count.toLocaleString('en'));
  return countedInEnglish(count, noun, plural);
}

/** The same in English whatever the page speaks, for documents that are. */
export const countedInEnglish = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
