import { useEffect } from 'react';
import { say } from '../../../text/say';
import css from '../optimise.module.css';
import { Out } from '../results/Out';
import { resumeSearch, startSearch, stopSearch } from '../search/search-controller';
import { useSearch } from '../search/search-store';
import { searchStatus } from '../search/search-words';
import { pause, resume, stop, train } from './training-controller';
import { useTraining } from './training-store';
import { trainingStatus } from './training-words';

/** Whether a training or a search keeps the worker busy. */
export function useBusy(): { training: boolean; searching: boolean } {
  const training = useTraining(({ phase }) => ['opening', 'running', 'pausing'].includes(phase));
  const searching = useSearch(({ phase }) => ['opening', 'running', 'stopping'].includes(phase));
  return { training, searching };
}

/** Begins, pauses and ends trainings and searches, and says what is going on. */
export function RunBar() {
  const { training, searching } = useBusy();
  useEffect(() => {
    // A training says by itself what of it is not kept; of a search the network that is trained just now never is.
    if (!searching) return;
    const warnOfLoss = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warnOfLoss);
    return () => window.removeEventListener('beforeunload', warnOfLoss);
  }, [searching]);
  return (
    <footer className={css.runBar}>
      {!searching && <TrainingButtons />}
      {!training && <SearchButtons />}
      <Status />
      <Out />
    </footer>
  );
}

function TrainingButtons() {
  const phase = useTraining((state) => state.phase);
  const begun = useTraining(({ weights }) => weights !== null);
  const going = phase === 'opening' || phase === 'running' || phase === 'pausing';
  const paused = phase === 'paused' && begun;
  return (
    <>
      {(phase === 'running' || phase === 'pausing') && (
        <button type="button" className={css.main} disabled={phase === 'pausing'} onClick={pause}>
          {say('Pause')}
        </button>
      )}
      {paused && (
        <button type="button" className={css.main} onClick={() => void resume()}>
          {say('Resume')}
        </button>
      )}
      {!going && (
        <button type="button" className={paused ? undefined : css.main} onClick={() => void train()}>
          {say('Train')}
        </button>
      )}
      {(going || paused) && (
        <button type="button" onClick={() => void stop()}>
          {say('Stop')}
        </button>
      )}
    </>
  );
}

function SearchButtons() {
  const phase = useSearch((state) => state.phase);
  if (phase === 'opening' || phase === 'running' || phase === 'stopping') {
    return (
      <button type="button" className={css.main} disabled={phase === 'stopping'} onClick={stopSearch}>
        {say('Stop search')}
      </button>
    );
  }
  return (
    <>
      {phase === 'stopped' && (
        <button type="button" onClick={() => void resumeSearch()}>
          {say('Resume search')}
        </button>
      )}
      <button type="button" onClick={() => void startSearch()}>
        {say('Search')}
      </button>
    </>
  );
}

function Status() {
  const { training, searching } = useBusy();
  const trained = useTraining();
  const search = useSearch();
  // What was last done is what is told of.
  const ofSearch = searching || (!training && search.note !== null && search.told > trained.told);
  const text = ofSearch ? searchStatus(search) : trainingStatus(trained);
  const done = trained.history.steps.at(-1)?.step ?? 0;
  const { progress } = ofSearch ? search : trained;
  return (
    <div className={css.status}>
      <p role="status" title={text}>
        {text}
      </p>
      {training && trained.run && (
        <progress aria-label={say('Training')} value={done} max={trained.run.steps} />
      )}
      {progress && progress.fraction !== null && (
        <progress aria-label={say('Progress')} className={css.small} value={progress.fraction} max={1} />
      )}
    </div>
  );
}
