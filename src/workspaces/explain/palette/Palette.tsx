import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';

interface Opened {
  onClose(): void;
  /** What was typed before the palette was there. */
  typed: RefObject<string>;
}

const CommandPalette = lazyPart(
  () => import('./CommandPalette').then((module) => module.CommandPalette),
  TypedMeanwhile,
);

/** Until the palette's code is there: what is typed is meant for it, and not for the keys of the page. */
function TypedMeanwhile({ onClose, typed }: Opened) {
  // Ends in the frame in which the palette is there: what is pressed from then on is the palette's.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') onClose();
      else if (event.key === 'Backspace') typed.current = typed.current.slice(0, -1);
      else if (event.key.length === 1) typed.current += event.key;
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', press, true);
    return () => document.removeEventListener('keydown', press, true);
  }, [onClose, typed]);
  return null;
}

/** The button that opens the palette of commands, as Ctrl or ⌘ with K does. */
export function Palette() {
  const ready = useExplain((state) => state.manifest !== null);
  const [open, setOpen] = useState(false);
  const typed = useRef('');
  const close = useCallback(() => setOpen(false), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      // Over another window it would lie where nobody sees it work.
      if (!document.querySelector('dialog[open]')) setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button
        type="button"
        className="quiet"
        data-find="never"
        aria-label={say('Find')}
        title={say('Find a setting, layer, class, example or action (Ctrl or ⌘ K)')}
        aria-keyshortcuts="Control+K Meta+K"
        disabled={!ready}
        onClick={() => setOpen(true)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path
            d="M10.6 10.6 14 14M11.8 7a4.8 4.8 0 1 1-9.6 0 4.8 4.8 0 0 1 9.6 0z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          />
        </svg>
      </button>
      {open && ready && createPortal(<CommandPalette onClose={close} typed={typed} />, document.body)}
    </>
  );
}
