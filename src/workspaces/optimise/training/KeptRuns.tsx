import { useEffect } from 'react';
import { say, spoken } from '../../../text/say';
import css from '../optimise.module.css';
import { openKeptSearch } from '../search/search-controller';
import { useSearch } from '../search/search-store';
import { claims, type KeptRun, news } from './kept-runs';
import { refreshRuns, removeRun, useKeptRuns } from './kept-runs-list';
import { openKept } from './training-controller';
import { useTraining } from './training-store';

/** Milliseconds between two looks at what another tab has. */
const LOOK_EVERY = 3000;

/** The trainings and searches in this browser beside those on screen: to be opened or removed. */
export function KeptRuns({ busy }: { busy: boolean }) {
  const runs = useKeptRuns((state) => state.runs);
  const training = useTraining(({ run }) => run?.id ?? null);
  const search = useSearch(({ id }) => id);
  const phases = `${useTraining(({ phase }) => phase)} ${useSearch(({ phase }) => phase)}`;
  const others = runs.filter(({ kind, id }) => id !== (kind === 'training' ? training : search));
  const elsewhere = others.some(({ held }) => held);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what begins or ends here changes the list.
  useEffect(() => void refreshRuns(), [training, search, phases]);
  useEffect(() => {
    const look = () => void refreshRuns();
    const onVisibility = () => !document.hidden && look();
    document.addEventListener('visibilitychange', onVisibility);
    const unfollow = news.follow(look);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      unfollow();
    };
  }, []);
  // A tab that is killed says nothing.
  useEffect(() => {
    if (!elsewhere) return;
    const looking = setInterval(() => !document.hidden && void refreshRuns(), LOOK_EVERY);
    return () => clearInterval(looking);
  }, [elsewhere]);
  if (others.length === 0) return null;
  return (
    <section className={css.keptRuns} aria-labelledby="kept-runs">
      <h2 id="kept-runs">{say('Kept here')}</h2>
      <ul>
        {others.map((run) => (
          <li key={`${run.kind} ${run.id}`}>
            <div>
              <strong>{nameOf(run)}</strong>
              <span>
                {run.held ? say('open in another tab, {state}', { state: say(run.state) }) : say(run.state)}
              </span>
            </div>
            <div className={css.buttons}>
              <button
                type="button"
                aria-label={say('Open {run}', { run: nameOf(run) })}
                disabled={busy || run.held}
                onClick={() => void (run.kind === 'training' ? openKept(run.id) : openKeptSearch(run.id))}
              >
                {say('Open')}
              </button>
              <button
                type="button"
                className="quiet"
                aria-label={say('Remove {run}', { run: nameOf(run) })}
                disabled={run.held}
                onClick={() => void removeRun(run.kind, run.id)}
              >
                {say('Remove')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {claims.by() === 'nothing' && (
        <p>
          {say(
            'This browser does not let tabs know of each other: go on with a training or a search in one tab only.',
          )}
        </p>
      )}
    </section>
  );
}

/** "Training of Small CNN on Pictographs, 28 Nov 2026, 14:05" */
function nameOf({ kind, title, begun }: KeptRun): string {
  const words = {
    title: say(title),
    when: new Date(begun).toLocaleString(spoken(), { dateStyle: 'medium', timeStyle: 'short' }),
  };
  if (kind === 'training') {
    return begun > 0 ? say('Training of {title}, {when}', words) : say('Training of {title}', words);
  }
  return begun > 0 ? say('Search of {title}, {when}', words) : say('Search of {title}', words);
}
