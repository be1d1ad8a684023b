import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { SignSliders } from '../../../ui/SignSliders';
import { change } from '../explain-controller';
import css from './sign-thresholds.module.css';

/** What counts as a sign: both thresholds, live; and what the colours of the flow stand for. */
export function SignThresholds({ byPart }: { byPart: boolean }) {
  const tau = useExplain(({ settings }) => settings.tau);
  const theta = useExplain(({ settings }) => settings.theta);
  return (
    <div className={css.thresholds}>
      <label
        className={css.share}
        title={say('Where one sign remains, its parts tell more than its one colour')}
      >
        <span>{say('Colour')}</span>
        <select
          value={byPart ? 'part' : 'final'}
          onChange={({ target }) => change({ flow: target.value as 'final' | 'part' })}
        >
          <option value="final">{say('by final sign')}</option>
          <option value="part">{say('by part')}</option>
        </select>
      </label>
      <SignSliders className={css.share} tau={tau} theta={theta} change={change} />
    </div>
  );
}
