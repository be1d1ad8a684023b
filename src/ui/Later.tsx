import { type ReactNode, useDeferredValue } from 'react';

/** What need not be in the first picture of the page: it comes right behind it, rendered piece by piece. */
export function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) && children;
}
