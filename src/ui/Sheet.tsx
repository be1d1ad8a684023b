import { type ReactNode, useEffect, useId, useRef } from 'react';
import { say } from '../text/say';
import head from './head.module.css';
import css from './sheet.module.css';

/** On a phone, over the lower part of the window: what is above stays in sight and can be used. Escape and the button close it, and the focus goes back. */
export function Sheet({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      ref={ref}
      className={css.sheet}
      role="dialog"
      aria-labelledby={heading}
      tabIndex={-1}
      onKeyDown={(event) => {
        // The page behind has keys of its own, which are not meant here.
        event.stopPropagation();
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={head.head}>
        <h2 id={heading}>{title}</h2>
        <button type="button" onClick={onClose}>
          {say('Done')}
        </button>
      </header>
      <div className={css.fields}>{children}</div>
    </div>
  );
}
