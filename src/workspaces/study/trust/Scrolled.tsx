import type { ReactNode } from 'react';
import { say } from '../../../text/say';
import css from './trust.module.css';

/** What is wider than the page scrolls by itself, by keys as well. */
export function Scrolled({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them.
    <section className={css.scroll} aria-label={say('Table')} tabIndex={0}>
      {children}
    </section>
  );
}
