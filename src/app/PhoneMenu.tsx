import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { say } from '../text/say';
import styles from './phone-menu.module.css';

/** What stands in the top bar, and on a phone behind a button of it: opened there it lies over the page until something is chosen. */
export function PhoneMenu({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const press = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    const point = ({ target }: Event) => {
      const within = (part: Element | null) => part?.contains(target as Node);
      if (!within(panel.current) && !within(button.current)) setOpen(false);
    };
    const chosen = ({ type, target }: Event) => {
      if (type === 'change' || (target as Element).closest('a, button')) setOpen(false);
    };
    const own = panel.current;
    for (const kind of ['click', 'change']) own?.addEventListener(kind, chosen);
    document.addEventListener('keydown', press);
    document.addEventListener('pointerdown', point);
    return () => {
      for (const kind of ['click', 'change']) own?.removeEventListener(kind, chosen);
      document.removeEventListener('keydown', press);
      document.removeEventListener('pointerdown', point);
    };
  }, [open]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {say('Menu')}
      </button>
      <div ref={panel} id={id} className={styles.panel} data-open={open}>
        {children}
      </div>
    </>
  );
}
