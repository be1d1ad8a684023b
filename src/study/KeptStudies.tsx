import { saliencyMethodNames } from '../engine/protocol';
import { compareWith, openKept, removeKept, resumeKept } from './controller';
import type { KeptStudy } from './runner';
import { useStudy } from './study-store';

/** The studies in this browser: to be opened, compared, gone on with or removed. */
export function KeptStudies() {
  const kept = useStudy((state) => state.kept);
  const shown = useStudy((state) => state.id);
  const hasStudy = useStudy((state) => state.study !== null);
  const busy = useStudy((state) => state.running !== null);
  if (kept.length === 0) return null;
  return (
    <section className="kept-studies" aria-labelledby="kept-studies">
      <h2 id="kept-studies">Studies kept here</h2>
      <ul>
        {kept.map((study) => {
          const title = titleOf(study);
          return (
            <li key={study.id} aria-current={study.id === shown ? 'true' : undefined}>
              <div>
                <strong>{study.name}</strong>
                <span>{title}</span>
                <span>{stateOf(study)}</span>
              </div>
              <div className="buttons">
                <button
                  type="button"
                  aria-label={`Open ${study.name}, ${title}`}
                  disabled={busy || study.id === shown}
                  onClick={() => void openKept(study.id)}
                >
                  Open
                </button>
                {study.status === 'interrupted' && (
                  <button
                    type="button"
                    aria-label={`Resume ${study.name}, ${title}`}
                    disabled={busy}
                    onClick={() => resumeKept(study.id)}
                  >
                    Resume
                  </button>
                )}
                <button
                  type="button"
                  aria-label={`Compare with ${study.name}, ${title}`}
                  disabled={!hasStudy || busy || study.id === shown}
                  onClick={() => void compareWith(study.id)}
                >
                  Compare
                </button>
                <button
                  type="button"
                  className="quiet"
                  aria-label={`Remove ${study.name}, ${title}`}
                  disabled={study.status === 'running'}
                  onClick={() => void removeKept(study.id)}
                >
                  Remove
                </button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const titleOf = ({ settings, created }: KeptStudy) =>
  `${saliencyMethodNames[settings.method]}${settings.weights === 'randomised' ? ', randomised weights' : ''}, ${new Date(created).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}`;

function stateOf({ status, measured, failed, of }: KeptStudy): string {
  const images = `${of.toLocaleString('en')} images`;
  if (status === 'done') return failed > 0 ? `${images}, ${failed} not read` : images;
  const at = `${(measured + failed).toLocaleString('en')} of ${images}`;
  return status === 'running' ? `running, ${at}` : `interrupted at ${at}`;
}
