import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useExplain } from '../../../state/explain-store';
import { versusInText } from '../../../state/versus';
import { askWhatToCompare, useVersusChoice } from '../../../state/versus-choice';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';
import { toggleVersusClass } from './compare-with';
import css from './compare-with.module.css';

// What asks comes with the first question.
const VersusDialog = lazyPart(() => import('./VersusDialog').then((module) => module.VersusDialog));

/** The rows of the prediction, each with a button beside it that sets its class beside the explained one. */
export function WithCompare({
  rows,
  explained,
  children,
}: {
  /** In the order of the rows; none where classes cannot be compared. */
  rows: readonly { index: number; label: string }[];
  /** The class on screen. */
  explained: number | null;
  children: ReactNode;
}) {
  const versus = useExplain(({ settings }) => settings.versus);
  return (
    <div className={css.rows}>
      {children}
      {rows.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: buttons beside rows, not the fields of a form.
        <div className={css.beside} role="group" aria-label={say('Compare with a class')}>
          {rows.map(({ index, label }) => (
            <button
              key={index}
              type="button"
              aria-label={say('vs {label}', { label })}
              aria-pressed={versus === versusInText({ kind: 'class', index })}
              title={say('Compare with {label}', { label })}
              data-self={index === explained ? 'true' : undefined}
              disabled={index === explained}
              onClick={() => toggleVersusClass(index, versus)}
            >
              {say('vs')}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** The button that asks what to compare with, and the window that asks. */
export function CompareWith() {
  const ready = useExplain(({ analysis }) => analysis !== null);
  const { open } = useVersusChoice();
  return (
    <>
      <button type="button" className={css.ask} disabled={!ready} onClick={() => askWhatToCompare(true)}>
        {say('Compare with …')}
      </button>
      {open && createPortal(<VersusDialog />, document.body)}
    </>
  );
}
