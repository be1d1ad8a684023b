import { Fragment, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { formatAddress } from '../../../state/address';
import { type MeasuredPart, useExplain, useStillSettings } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { goToEvidence } from './clause-evidence';
import { type ClauseSubject, told } from './picture-verdict';
import styles from './verdict.module.css';
import { factsOf, verdictFacts } from './verdict-facts';
import { verdictRoom } from './verdict-room';

/** Where a clause leads, for who hears it. */
const places: Record<ClauseSubject, string> = {
  naming: 'Prediction',
  signs: 'Superization flow',
  order: 'Change by step',
  masking: 'What carries it',
};

/** What the clause that comes next waits for, where that takes its time, and what has to be measured for it. */
const waiting: Partial<Record<ClauseSubject, { part: MeasuredPart; text: string }>> = {
  signs: { part: 'signs', text: 'Signs are held against chance …' },
  order: { part: 'maps', text: 'Order is held against chance …' },
};

const nothing: ReturnType<typeof told> = { clauses: [], awaited: null };

/** What can be said of this picture, in one line; every clause leads to the figure that shows it. */
export function Verdict() {
  const settings = useStillSettings();
  const found = useExplain(
    useShallow(({ picture, analysis, measurement, signs, nullSigns, weights }) => ({
      ...{ picture, analysis, measurement },
      ...{ signs, nullSigns, weights },
    })),
  );
  // Whichever layer is selected, the verdict is that of all of them.
  const facts = useMemo(() => verdictFacts({ ...found, settings, layer: null }), [found, settings]);
  const { clauses, awaited: next } = useMemo(() => (facts ? told(facts) : nothing), [facts]);
  const failed = useExplain((state) => state.failed);
  const wait = next && waiting[next];
  const { analysis } = found;
  const room = useMemo(() => (analysis ? verdictRoom(factsOf(analysis)) : ''), [analysis]);
  return (
    <section className={styles.verdict} aria-label={say('Verdict')} data-room={room}>
      <p>
        {clauses.map(({ subject, text }, i) => (
          <Fragment key={subject}>
            {i > 0 && ' '}
            <a
              href={formatAddress(settings)}
              title={say('See: {value}', { value: say(places[subject]) })}
              onClick={(event) => {
                event.preventDefault();
                goToEvidence(subject);
              }}
            >
              {text}
            </a>
          </Fragment>
        ))}
        {/* Another one each time: it does not move, it is elsewhere. */}
        {wait && !failed.includes(wait.part) && (
          <span key={next} className={styles.wait}>
            {' '}
            {say(wait.text)}
          </span>
        )}
      </p>
    </section>
  );
}
