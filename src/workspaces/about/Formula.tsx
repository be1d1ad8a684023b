import { createElement } from 'react';
import { say } from '../../text/say';
import css from './about.module.css';
import { type Part, row } from './mathml';

/** A formula on a line of its own, set by the browser. */
export function Formula({ name, of }: { name: string; of: readonly Part[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone a long one scrolls, and has to be reached by keys for it.
    <section className={css.formula} aria-label={say('Formula: {name}', { name })} tabIndex={0}>
      {createElement('math', { display: 'block' }, row(...of))}
    </section>
  );
}

/** A formula within a sentence. */
export const M = ({ of }: { of: Part }) => createElement('math', null, row(of));
