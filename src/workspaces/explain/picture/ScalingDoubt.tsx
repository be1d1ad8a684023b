import { useEffect, useState } from 'react';
import { ScalingOffers } from '../../../models/scaling/ScalingOffers';
import { doubtInWords, doubtTitles, scalingTitle, verdictOf } from '../../../models/scaling/scaling-words';
import { useOffers } from '../../../models/scaling/use-offers';
import { useExplain } from '../../../state/explain-store';
import { useScalingTrials } from '../../../state/scaling-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { watchScalings } from './scaling-controller';
import css from './scaling-doubt.module.css';

/**
 * Before all results: that they hang on a guess how pictures are scaled, and what the network would say by the others. It lies over the
 * lower end of the charts, so that nothing moves for it; where there is little room, the choice is behind a button.
 */
export function ScalingDoubt() {
  useEffect(watchScalings, []);
  const analysis = useExplain((state) => state.analysis);
  const problem = useScalingTrials((state) => state.problem);
  const offers = useOffers();
  const [open, setOpen] = useState(false);
  const verdict = analysis ? verdictOf(analysis) : 'settled';
  if (!analysis?.scaling || (verdict !== 'guess' && verdict !== 'wrong')) return null;
  return (
    <section
      className={css.doubt}
      data-open={open}
      role="note"
      aria-label={say(doubtTitles[verdict])}
      data-verdict={verdict}
    >
      <div aria-live="polite">
        <p>
          <strong>
            {verdict === 'wrong'
              ? say('Input scaling “{scaling}” looks wrong.', { scaling: scalingTitle(analysis.scaling) })
              : say('Input scaling “{scaling}” is a guess.', { scaling: scalingTitle(analysis.scaling) })}
          </strong>{' '}
          <span className={css.reason}>
            {doubtInWords(analysis)}
            {problem !== null &&
              say(' What the others would give could not be computed: {problem}', { problem })}
          </span>
        </p>
      </div>
      <button type="button" className={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? say('Close') : say('Choose')}
      </button>
      <ScalingOffers
        label={say('What the network says of this picture by each scaling')}
        offers={offers}
        onChoose={(inputScaling) => change({ inputScaling })}
      />
    </section>
  );
}
