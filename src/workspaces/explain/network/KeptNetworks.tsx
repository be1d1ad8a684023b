import { createPortal } from 'react-dom';
import { megabytes, removeKept } from '../../../models/keep-network';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { Dialog } from '../../../ui/Dialog';
import css from './kept-networks.module.css';

/** What the browser keeps of networks that were opened from files, and how to be rid of it. */
export function KeptNetworks({ onClose }: { onClose(): void }) {
  const models = useExplain((state) => state.models);
  const open = useExplain((state) => state.settings.model);
  const kept = models.filter(({ bytes }) => bytes !== null);
  const total = kept.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  // Beside the top bar, not in it: a dialogue has a header of its own.
  return createPortal(
    <Dialog title={say('Networks kept in this browser')} onClose={onClose}>
      <div className={css.keptNetworks}>
        {kept.length === 0 ? (
          <p role="status">
            {say('None. A network that is opened from files is kept here for the next visit.')}
          </p>
        ) : (
          <>
            <ul>
              {kept.map(({ id, title, bytes }) => (
                <li key={id}>
                  <span>
                    {title}
                    {id === open && <span className={css.faint}> {say('in use')}</span>}
                  </span>
                  <span>{megabytes(bytes ?? 0)}</span>
                  <button
                    type="button"
                    aria-label={say('Remove {title}', { title })}
                    onClick={() => void removeKept(id)}
                  >
                    {say('Remove')}
                  </button>
                </li>
              ))}
            </ul>
            <p>
              {say(
                "{total} in all. They stay on this machine; clearing the page's data in the browser removes them, too.",
                { total: megabytes(total) },
              )}
            </p>
          </>
        )}
      </div>
    </Dialog>,
    document.body,
  );
}
