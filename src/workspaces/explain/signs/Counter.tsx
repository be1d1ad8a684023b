import { useRef } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { useEveryPosition } from '../playback/use-every-position';
import { countsInWords, readingAt } from '../view-model';
import css from './counter.module.css';

/** The counter: signs and entropy at the position between the layers, each beside its null. No live region, it would chatter. */
export function Counter() {
  const analysis = useExplain((state) => state.analysis);
  const measurement = useExplain((state) => state.measurement);
  const signs = useExplain((state) => state.signs);
  const nullSigns = useExplain((state) => state.nullSigns);
  const list = useRef<HTMLDListElement>(null);
  useEveryPosition((position) => {
    if (!list.current) return;
    const words = countsInWords(readingAt({ analysis, measurement, signs, nullSigns }, position));
    const texts = [words.signs, words.nullSigns, words.entropy, words.nullEntropy];
    list.current.querySelectorAll('span').forEach((place, i) => {
      if (place.textContent !== texts[i]) place.textContent = texts[i];
    });
  });
  if (!analysis) return null;
  return (
    <dl className={css.counter} ref={list}>
      <div>
        <dt>{say('Signs')}</dt>
        <dd>
          <span className={css.count} />
          <span className={css.null} />
        </dd>
      </div>
      <div>
        <dt>{say('Entropy')}</dt>
        <dd>
          <span className={css.count} />
          <span className={css.null} />
        </dd>
      </div>
    </dl>
  );
}
