import { picturesInWords } from '../../../figures/study/study-figures';
import { methodInWords } from '../../../saliency/smoothing/map-smoothing';
import type { KeptStudy } from '../../../study/run/runner';
import { claims } from '../../../study/study-claims';
import { say, spoken } from '../../../text/say';
import { saidName } from '../images/images-controller';
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
                <strong>{saidName(study.name)}</strong>
                <span>{title}</span>
                <span>{stateOf(study, runs)}</span>
              </div>
              <div className={css.buttons}>
                <button
                  type="button"
                  aria-label={say('Open {name}, {title}', { name: saidName(study.name), title })}
                  disabled={busy || study.id === shown || study.measured === 0}
                  onClick={() => void openKept(study.id)}
                >
                  {say('Open')}
                </button>
                {study.status === 'interrupted' && (
                  <button
                    type="button"
                    aria-label={say('Resume {name}, {title}', { name: saidName(study.name), title })}
                    disabled={busy}
                    onClick={() => resumeKept(study.id)}
                  >
                    {say('Resume')}
                  </button>
                )}
                <button
                  type="button"
                  aria-label={say('Compare with {name}, {title}', { name: saidName(study.name), title })}
                  disabled={!hasStudy || busy || study.id === shown || study.measured === 0}
                  onClick={() => void compareWith(study.id)}
                >
                  {say('Compare')}
                </button>
                <button
                  type="button"
                  className="quiet"
                  aria-label={say('Remove {name}, {title}', { name: saidName(study.name), title })}
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
  say(settings.weights === 'randomised' ? '{method}, randomised weights, {when}' : '{method}, {when}', {
    method: methodInWords(settings.method, settings.smooth),
    when: new Date(created).toLocaleString(spoken(), { dateStyle: 'medium', timeStyle: 'short' }),
  });

function stateOf({ id, status, measured, failed, of }: KeptStudy, runs: string | null): string {
  const images = picturesInWords(of);
  if (status === 'done') return failed > 0 ? say('{images}, {failed} not read', { images, failed }) : images;
  const at = say('{value} of {images}', { value: (measured + failed).toLocaleString('en'), images });
  if (status === 'interrupted') return say('interrupted at {at}', { at });
  return id === runs ? say('running, {at}', { at }) : say('running in another tab, {at}', { at });
}
