import type { StudyProgress } from '../../../study/run/runner';
import { rateInWords } from '../../../study/study-words';
import { counted } from '../../../text/counted';
import { durationInWords } from '../../../text/duration-in-words';
import { say } from '../../../text/say';
import css from '../study.module.css';
import { askOrRun } from './scaling-question';
import { cancel, pause, resume } from './study-controller';
import { useStudy } from './study-store';

/** Begins, holds and ends a run, and says how far it is. */
export function RunControls() {
  const images = useStudy((state) => state.images);
  const running = useStudy((state) => state.running);
  const note = useStudy((state) => state.note);
  const paused = running?.progress.state === 'paused';
  return (
    <section className={css.run} aria-label={say('Run')}>
      <div className={css.buttons}>
        <button
          type="button"
          className={css.primary}
          disabled={!images || running !== null}
          onClick={askOrRun}
        >
          {say('Run study')}
        </button>
        {running && (
          <>
            <button type="button" onClick={paused ? resume : pause}>
              {paused ? say('Resume') : say('Pause')}
            </button>
            <button type="button" onClick={cancel}>
              {say('Cancel')}
            </button>
          </>
        )}
      </div>
      {running && running.progress.of > 0 && (
        <progress
          aria-label={say('Images studied')}
          value={running.progress.measured + running.progress.failed}
          max={running.progress.of}
        />
      )}
      <p role="status">
        {running
          ? running.role === 'comparison'
            ? say('Randomised weights: {progress}', { progress: progressInWords(running.progress) })
            : progressInWords(running.progress)
          : say(note)}
      </p>
    </section>
  );
}

/** "412 of 1,000 images, 4.0 a second, 2 min 27 s left. Studying on WebAssembly (2 threads)" */
function progressInWords({ state, text, measured, failed, of, rate, left }: StudyProgress): string {
  if (of === 0) return say(text);
  const count = say('{value} of {images}', {
    value: (measured + failed).toLocaleString('en'),
    images: counted(of, 'image'),
  });
  if (state === 'paused') return say('Paused at {count}', { count });
  const pace = rate === null ? null : rateInWords(rate);
  const time = left === null ? null : say('{time} left', { time: durationInWords(left / 1000) });
  const far = [count, pace, time].filter((part) => part !== null).join(say(', '));
  return say('{far}. {doing}', { far, doing: say(text) });
}
