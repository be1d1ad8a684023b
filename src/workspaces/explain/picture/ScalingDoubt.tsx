import { useEffect } from 'react';
import { ScalingOffers } from '../../../models/scaling/ScalingOffers';
import css from '../../../models/scaling/scaling.module.css';
import { doubtInWords, doubtTitles, scalingTitle, verdictOf } from '../../../models/scaling/scaling-words';
import { useOffers } from '../../../models/scaling/use-offers';
import { useExplain } from '../../../state/explain-store';
import { useScalingTrials } from '../../../state/scaling-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { watchScalings } from './scaling-controller';

/** Before all results: that they hang on a guess how pictures are scaled, and what the network would say by the others. */
export function ScalingDoubt() {
  useEffect(watchScalings, []);
  const analysis = useExplain((state) => state.analysis);
  const problem = useScalingTrials((state) => state.problem);
  const offers = useOffers();
  const verdict = analysis ? verdictOf(analysis) : 'settled';
  if (!analysis?.scaling || (verdict !== 'guess' && verdict !== 'wrong')) return null;
  return (
    <section
      className={css.scalingDoubt}
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
          {doubtInWords(analysis)}
          {problem !== null &&
            say(' What the others would give could not be computed: {problem}', { problem })}
        </p>
      </div>
      <ScalingOffers
        label={say('What the network says of this picture by each scaling')}
        offers={offers}
        onChoose={(inputScaling) => change({ inputScaling })}
      />
    </section>
  );
}
