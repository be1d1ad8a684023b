import { createContext, type ReactNode, useContext, useEffect, useId, useState } from 'react';

const Surface = createContext<HTMLElement | null>(null);

/** Where menus are put: the dialog about them, which covers everything else; null outside of one. */
export const useSurface = () => useContext(Surface);

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
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const heading = useId();
  useEffect(() => {
    if (element && !element.open) element.showModal();
  }, [element]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog has its twin in Escape.
    <dialog
      ref={setElement}
      className="dialog"
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => event.target === element && element.close()}
    >
      <div className="sheet">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="quiet" aria-label="Close" onClick={() => element?.close()}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d="M3.5 3.5l9 9m0-9l-9 9" fill="none" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </button>
        </header>
        <Surface value={element}>{children}</Surface>
      </div>
    </dialog>
  );
}
