import { say } from './say';

/** "1 and 2", "1, 2 and 3": names or numbers in a sentence. */
export function listed(parts: readonly string[]): string {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return first;
  const before = rest.reduce((list, next) => say('{list}, {next}', { list, next }), first);
  return say('{parts} and {last}', { parts: before, last });
}
