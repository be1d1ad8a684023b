import { alertOf, warn } from '../state/alerts';
import { notKept } from '../storage/not-kept';
import { visits } from '../storage/text-store';

/** Says what this browser does not keep. */
export function tellNotKept(): void {
  const sentence = notKept();
  if (sentence !== null) tellOnce('not-kept', sentence);
}

/** Says what is not kept: once, and on later visits again only where the browser keeps not even that it was said. */
export function tellOnce(what: string, sentence: string): void {
  const key = `supersign-told-${what}`;
  if (visits.get(key) === sentence) return;
  visits.set(key, sentence);
  const told = alertOf('storage');
  warn('storage', told === null ? sentence : `${told} ${sentence}`);
}
