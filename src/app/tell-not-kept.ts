import { warn } from '../state/alerts';
import { notKept } from '../storage/not-kept';
import { visits } from '../storage/text-store';

const toldKey = 'supersign-told-not-kept';

/** Says what this browser does not keep: once, and on later visits again only where it keeps not even that. */
export function tellNotKept(): void {
  const sentence = notKept();
  if (sentence === null || visits.get(toldKey) === sentence) return;
  visits.set(toldKey, sentence);
  warn('storage', sentence);
}
