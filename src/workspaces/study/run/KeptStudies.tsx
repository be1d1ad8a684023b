import { picturesInWords } from '../../../figures/study/study-figures';
import { methodInWords } from '../../../saliency/smoothing/map-smoothing';
import type { KeptStudy } from '../../../study/run/runner';
import { claims } from '../../../study/study-claims';
import { say } from '../../../text/say';
import css from '../study.module.css';
import { compareWith, openKept, removeKept, resumeKept } from './study-controller';
import { useStudy } from './study-store';
import { useKept } from './use-kept';

/** The studies in this browser: to be opened, compared, gone on with or removed. */
export function KeptStudies() {
  const kept = useStudy((state) => state.kept);
  const shown = useStudy((state) => state.id);
  const hasStudy = useStudy((state) => state.study !== null);
  const busy = useStudy((state) => state.running !== null);
  const runs = useStudy((state) => state.runs);
  useKept();
  if (kept.length === 0) return null;
  return (
    <section className={css.keptStudies} aria-labelledby="kept-studies">
      <h2 id="kept-studies">{say('Studies kept here')}</h2>
      <ul>
        {kept.map((study) => {
          const title = titleOf(study);
          return (
            <li key={study.id} aria-current={study.id === shown ? 'true' : undefined}>
              <div>
                <strong>{study.name}</strong>
                <span>{title}</span>
                <span>{stateOf(study, runs)}</span>
              </div>
              <div className={css.buttons}>
                <button
                  type="button"
                  aria-label={say('Open {name}, {title}', { name: study.name, title })}
                  disabled={busy || study.id === shown || study.measured === 0}
                  onClick={() => void openKept(study.id)}
                >
                  {say('Open')}
                </button>
                {study.status === 'interrupted' && (
                  <button
                    type="button"
                    aria-label={say('Resume {name}, {title}', { name: study.name, title })}
                    disabled={busy}
                    onClick={() => resumeKept(study.id)}
                  >
                    {say('Resume')}
                  </button>
                )}
                <button
                  type="button"
                  aria-label={say('Compare with {name}, {title}', { name: study.name, title })}
                  disabled={!hasStudy || busy || study.id === shown || study.measured === 0}
                  onClick={() => void compareWith(study.id)}
                >
                  {say('Compare')}
                </button>
                <button
                  type="button"
                  className="quiet"
                  aria-label={say('Remove {name}, {title}', { name: study.name, title })}
                  disabled={study.status === 'running'}
                  onClick={() => void removeKept(study.id)}
                >
                  {say('Remove')}
                </button>
              </div>
            </li>
          );
        })}
      </ul>
      {claims.by() === 'nothing' && (
        <p className={css.note}>
          {say(
            'This browser does not let tabs know of each other: run, resume and remove a study in one tab only.',
          )}
        </p>
      )}
    </section>
  );
}

const titleOf = ({ settings, created }: KeptStudy) =>
  `${methodInWords(settings.method, settings.smooth)}${settings.weights === 'randomised' ? ', randomised weights' : ''}, ${new Date(created).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}`;

function stateOf({ id, status, measured, failed, of }: KeptStudy, runs: string | null): string {
  const images = picturesInWords(of);
  if (status === 'done') return failed > 0 ? `${images}, ${failed} not read` : images;
  const at = `${(measured + failed).toLocaleString('en')} of ${images}`;
  if (status === 'interrupted') return `interrupted at ${at}`;
  return `running${id === runs ? '' : ' in another tab'}, ${at}`;
}
