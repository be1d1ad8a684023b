import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../../semiotics';
import { say } from '../../../text/say';
import css from '../study.module.css';
import { choose } from './study-controller';

const ids = ENTROPY_MEASURES.map(({ id }) => id as EntropyMeasure);

/** Any of the entropies, at least one: a list that stays open while it is chosen from. */
export function MeasureChoice({ chosen }: { chosen: EntropyMeasure[] }) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const list = useId();
  const label = useId();
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [open]);
  const toggle = (id: EntropyMeasure) => {
    const measures = ids.filter((other) => (other === id) !== chosen.includes(other));
    // The last one stays.
    if (measures.length > 0) choose({ measures });
  };
  const keys = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: open ? Math.min(ids.length - 1, active + 1) : active,
      ArrowUp: Math.max(0, active - 1),
      Home: 0,
      End: ids.length - 1,
    };
    if (event.key in steps) {
      setOpen(true);
      setActive(steps[event.key]);
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (open) toggle(ids[active]);
      else setOpen(true);
    } else if (event.key === 'Escape' && open) setOpen(false);
    else return;
    event.preventDefault();
  };
  const names = ENTROPY_MEASURES.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return (
    <div className={`field ${css.measures}`} ref={box}>
      <span id={label}>{say('Entropy measures')}</span>
      <button
        type="button"
        role="combobox"
        aria-labelledby={label}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={open ? `${list}-${active}` : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={keys}
      >
        {names.map((name) => say(name)).join(say(', '))}
      </button>
      <div
        role="listbox"
        id={list}
        aria-labelledby={label}
        aria-multiselectable="true"
        hidden={!open}
        // The focus stays where the keys are.
        onMouseDown={(event) => event.preventDefault()}
      >
        {ENTROPY_MEASURES.map(({ id, name, summary }, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys reach it through the combobox, which keeps the focus.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={id}
            role="option"
            id={`${list}-${i}`}
            aria-selected={chosen.includes(id)}
            data-active={i === active}
            title={say(summary)}
            onClick={() => {
              setActive(i);
              toggle(id);
            }}
          >
            {say(name)}
          </div>
        ))}
      </div>
    </div>
  );
}
