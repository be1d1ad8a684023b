import { useState } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { cancel } from '../explain-controller';
import { statusText } from '../view-model';
import css from './transport.module.css';

/** What the engine does, or has done, and a way to stop it. */
export function StatusLine() {
  const progress = useExplain((state) => state.progress);
  const analysis = useExplain((state) => state.analysis);
  const note = useExplain((state) => state.note);
  const text = statusText({ progress, analysis, note });
  // Why this backend computes is read first by who hears the line, and stands last for the eye: where it has no room, it is not seen.
  const why = analysis ? say(analysis.backend.reason) : '';
  // With the next analysis it matters no longer, unless it is another reason by then: it can still be pointed at.
  const [first, setFirst] = useState({ why, analysis });
  if (analysis && first.why !== why) setFirst({ why, analysis });
  const isSaid = analysis !== first.analysis;
  const [before, after] = why && !progress ? text.split(why, 2) : [text];
  return (
    <div className={css.status} data-busy={progress !== null}>
      <p role="status" title={text}>
        {before}
        {after !== undefined && !isSaid && <span className={css.why}>{why}</span>}
        {isSaid ? after?.trimStart() : after}
      </p>
      {progress && (
        <>
          <button type="button" className={css.cancel} onClick={cancel}>
            {say('Cancel')}
          </button>
          {progress.fraction !== null && (
            <progress aria-label={say('Progress')} value={progress.fraction} max={1} />
          )}
        </>
      )}
    </div>
  );
}
