import { say } from '../../../text/say';
import css from './reading.module.css';

/** The way to the section of the text about the method that says how a figure is read. */
export function WhyLink({ of, section }: { of: string; section: string }) {
  const words = say('How to read {of}', { of: say(of) });
  return (
    <a className={css.why} href={`#about/${section}`} aria-label={words} title={words}>
      ?
    </a>
  );
}
