import { useState } from 'react';
import { createPortal } from 'react-dom';
import { megabytes } from '../../../models/keep-network';
import { isBundled } from '../../../models/networks';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';
import { chooseModel } from '../explain-controller';

// What lists kept networks comes when somebody asks.
const KeptNetworks = lazyPart(() => import('./KeptNetworks').then((module) => module.KeptNetworks));

/** The network to explain: those that come with the page, those opened since, and those kept from earlier visits. */
export function ModelChoice() {
  const models = useExplain((state) => state.models);
  const model = useExplain((state) => state.settings.model);
  const [asked, setAsked] = useState(false);
  const kept = models.filter(({ bytes }) => bytes !== null);
  return (
    <>
      <select aria-label={say('Model')} value={model} onChange={({ target }) => chooseModel(target.value)}>
        {models
          .filter(({ bytes }) => bytes === null)
          .map(({ id, title }) => (
            <option key={id} value={id}>
              {isBundled(id) ? say(title) : title}
            </option>
          ))}
        {kept.length > 0 && (
          <optgroup label={say('Kept in this browser')}>
            {kept.map(({ id, title, bytes }) => (
              <option key={id} value={id}>
                {title} ({megabytes(bytes ?? 0)})
              </option>
            ))}
          </optgroup>
        )}
      </select>
      {/* It keeps its room before there is a network to be rid of: nothing moves when one is opened. */}
      <button
        type="button"
        className="quiet kept"
        data-empty={kept.length === 0}
        aria-label={say('Networks kept in this browser')}
        title={say('Networks kept in this browser')}
        onClick={() => setAsked(true)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path
            d="M2.5 5.5v7h11v-7m-12-3h13v3h-13zm4.5 6h4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
            strokeLinejoin="round"
          />
        </svg>
      </button>
      {asked && createPortal(<KeptNetworks onClose={() => setAsked(false)} />, document.body)}
    </>
  );
}
