import { useDecision } from '../../../state/decision-store';
import { say } from '../../../text/say';
import { stop } from './decision-controller';
import css from './running.module.css';

/** What is under way for the decision, and how to end it; or why it failed. */
export function Running() {
  const running = useDecision((state) => state.running);
  const problem = useDecision((state) => state.problem);
  if (!running) return problem && <p className={css.problem}>{say(problem)}</p>;
  const { fraction } = running.progress;
  const text = say(running.progress.text);
  return (
    <div className={css.running}>
      <progress aria-label={text} {...(fraction === null ? {} : { value: fraction })} max={1} />
      <span>{text}</span>
      <button type="button" onClick={stop}>
        {say('Stop')}
      </button>
    </div>
  );
}
