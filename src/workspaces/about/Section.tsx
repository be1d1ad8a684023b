import type { ReactNode } from 'react';
import { say } from '../../text/say';
import css from './about.module.css';

/** Who answers for a definition. */
export type Origin = 'paper' | 'reconstructed' | 'literature' | 'project';

const origins: Record<Origin, string> = {
  paper: 'from the paper',
  reconstructed: 'reconstructed',
  literature: 'from other literature',
  project: 'this project’s',
};

/** A section with an address of its own, and with where its definitions come from. */
export function Section({
  id,
  title,
  from,
  children,
}: {
  id: string;
  title: string;
  from: readonly Origin[];
  children: ReactNode;
}) {
  const address = `about/${id}`;
  return (
    <section aria-labelledby={address}>
      <h3 id={address}>
        {title}
        <a className={css.anchor} href={`#${address}`} aria-label={say('Link to “{title}”', { title })}>
          #
        </a>
      </h3>
      <p className={css.origins}>
        {from.map((origin) => (
          <span key={origin} className={css[origin]}>
            {say(origins[origin])}
          </span>
        ))}
      </p>
      {children}
    </section>
  );
}
