import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';

const CommandPalette = lazyPart(() => import('./CommandPalette').then((module) => module.CommandPalette));

/** The button that opens the palette of commands, as Ctrl or ⌘ with K does. */
export function Palette() {
  const ready = useExplain((state) => state.manifest !== null);
  const [open, setOpen] = useState(false);
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
      {open && ready && createPortal(<CommandPalette onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}
