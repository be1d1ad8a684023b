import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { say } from '../text/say';
import css from './dialog.module.css';
import head from './head.module.css';

/** A window over the page: Escape, the button and a click beside it close it, and the focus goes back to where it came from. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose(): void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const close = () => ref.current?.close();
  useLayoutEffect(() => {
    const dialog = ref.current as HTMLDialogElement;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={css.dialog}
      aria-labelledby={heading}
      // The event comes late: by then the dialog may be open again.
      onClose={({ currentTarget }) => !currentTarget.open && onClose()}
      onClick={(event) => event.target === ref.current && close()}
      // The page behind has keys of its own, which are not meant here.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className={css.sheet}>
        <header className={head.head}>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="quiet" aria-label={say('Close')} onClick={close}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d="M3.5 3.5l9 9m0-9l-9 9" fill="none" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
