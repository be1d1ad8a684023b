import { ScalingOffers } from '../../../models/scaling/ScalingOffers';
import { scalingTitle, verdictOf } from '../../../models/scaling/scaling-words';
import { useOffers } from '../../../models/scaling/use-offers';
import { useExplain } from '../../../state/explain-store';
import { useScalingTrials } from '../../../state/scaling-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import css from './picture-column.module.css';
import { askForTrials } from './scaling-controller';

/** Beside the prediction: how its picture was scaled, where the network's file does not settle it. */
export function ScalingUsed() {
  const analysis = useExplain((state) => state.analysis);
  const known = useExplain((state) => state.manifest?.scaling);
  const verdict = analysis ? verdictOf(analysis) : 'settled';
  if (!analysis?.scaling || verdict === 'settled') return null;
  const title = scalingTitle(analysis.scaling);
  const own = analysis.network.scaling ?? known;
  switch (verdict) {
    case 'wrong':
      return (
        <p className={css.scaled} data-verdict={verdict}>
          {say('By the guessed scaling “{title}”, which looks wrong.', { title })}
        </p>
      );
    case 'guess':
      return (
        <p className={css.scaled} data-verdict={verdict}>
          {say('By the guessed scaling “{title}”.', { title })}
        </p>
      );
    case 'fits':
      return (
        <div className={css.scaled} role="note" aria-label={say('Input scaling is a guess that fits')}>
          <p title={say(analysis.scaling.reason)}>
            {say('By the guessed scaling “{title}”, which fits what the network remembers of its training.', {
              title,
            })}
          </p>
          <Others />
        </div>
      );
    case 'chosen':
      return (
        <div className={css.scaled} role="note" aria-label={say('Input scaling is chosen')}>
          <p>
            {say('By the scaling “')}
            {title}
            {say('”, as chosen.')}{' '}
            <button type="button" onClick={() => change({ inputScaling: 'auto' })}>
              {!own
                ? say('As the network asks')
                : own.isGuess
                  ? say('As guessed: {own}', { own: scalingTitle(own) })
                  : say('As its file says: {own}', { own: scalingTitle(own) })}
            </button>
          </p>
          <Others />
        </div>
      );
  }
}

/** What the other scalings would give, for whoever wants to know. */
function Others() {
  const problem = useScalingTrials((state) => state.problem);
  const offers = useOffers();
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && askForTrials()}>
      <summary>{say('Other scalings')}</summary>
      {problem !== null && <p>{say('What they would give could not be computed: {problem}', { problem })}</p>}
      <ScalingOffers
        label={say('What the network says of this picture by each scaling')}
        offers={offers}
        onChoose={(inputScaling) => change({ inputScaling })}
      />
    </details>
  );
}
