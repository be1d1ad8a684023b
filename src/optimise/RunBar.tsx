import { useEffect } from 'react';
import { pause, resume, stop, train } from './training-controller';
import { useTraining } from './training-store';
import { trainingStatus } from './training-words';

/** Begins, pauses and ends a training, and says what is going on. */
export function RunBar() {
  const state = useTraining();
  const { phase, weights, run, history, progress } = state;
  const text = trainingStatus(state);
  const going = phase === 'running' || phase === 'pausing' || phase === 'opening';
  const done = history.steps.at(-1)?.step ?? 0;
  useEffect(() => {
    if (!going) return;
    const warnOfLoss = (event: BeforeUnloadEvent) => {
      // What was trained since the last checkpoint would be lost.
      if (useTraining.getState().phase !== 'paused') event.preventDefault();
    };
    window.addEventListener('beforeunload', warnOfLoss);
    return () => window.removeEventListener('beforeunload', warnOfLoss);
  }, [going]);
  return (
    <footer className="run-bar">
      {phase === 'running' || phase === 'pausing' ? (
        <button type="button" className="main" disabled={phase === 'pausing'} onClick={pause}>
          Pause
        </button>
      ) : phase === 'paused' && weights ? (
        <button type="button" className="main" onClick={() => void resume()}>
          Resume
        </button>
      ) : null}
      {!going && (
        <button
          type="button"
          className={phase === 'paused' ? undefined : 'main'}
          onClick={() => void train()}
        >
          Train
        </button>
      )}
      {(going || phase === 'paused') && (
        <button type="button" onClick={() => void stop()}>
          Stop
        </button>
      )}
      {run && (going || phase === 'paused') && (
        <progress aria-label="Training" value={done} max={run.steps} />
      )}
      <p role="status" title={text}>
        {text}
      </p>
      {progress && progress.fraction !== null && (
        <progress aria-label="Progress" className="small" value={progress.fraction} max={1} />
      )}
    </footer>
  );
}
