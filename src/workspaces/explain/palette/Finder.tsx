import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { say } from '../../../text/say';
import { Dialog } from '../../../ui/Dialog';
import { type Command, find } from './command';
import styles from './palette.module.css';

/** Longest list that is drawn; typing makes it shorter. */
const mostShown = 50;

/** A window in which one of many things is found by typing, and chosen by arrows and Enter. */
export function Finder({
  title,
  label,
  placeholder,
  commands,
  asked: askedAtFirst = '',
  onClose,
  children,
}: {
  title: string;
  /** What can be found, for those who do not see the list. */
  label: string;
  placeholder: string;
  commands: readonly Command[];
  /** What is asked for when it opens. */
  asked?: string;
  onClose(): void;
  /** What stands below the list. */
  children?: ReactNode;
}) {
  const [asked, setAsked] = useState(askedAtFirst);
  const [at, setAt] = useState(0);
  const list = useId();
  const found = useMemo(() => find(commands, asked), [commands, asked]);
  const shown = found.slice(0, mostShown);
  const field = useRef<HTMLInputElement>(null);
  // The window puts the focus on its first button.
  useEffect(() => field.current?.focus(), []);
  const option = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one is lit.
  useEffect(() => {
    option.current?.scrollIntoView({ block: 'nearest' });
  }, [at, asked]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const press = (event: KeyboardEvent) => {
    // What is still being put together, as Chinese is, belongs to the field.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') run(shown[at]);
    else if (steps[event.key] && shown.length > 0)
      setAt((at + steps[event.key] + shown.length) % shown.length);
    else return;
    event.preventDefault();
  };
  const idOf = (i: number) => `${list}-${i}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <input
        ref={field}
        className={styles.asked}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={shown.length > 0 ? idOf(at) : undefined}
        aria-autocomplete="list"
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={asked}
        onChange={({ target }) => {
          setAsked(target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={list} role="listbox" aria-label={say('Found')} className={styles.found}>
        {shown.map((command, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field.
          <div
            key={command.id}
            id={idOf(i)}
            ref={i === at ? option : undefined}
            role="option"
            aria-selected={i === at}
            tabIndex={-1}
            onPointerMove={() => i !== at && setAt(i)}
            onClick={() => run(command)}
          >
            <span>{command.group}</span> {command.title}
            {command.chosen && <em>{say('now')}</em>}
          </div>
        ))}
      </div>
      <p className={styles.count} role="status">
        {found.length === 0
          ? say('Nothing is called so.')
          : found.length > shown.length
            ? say('The first {shown} of {found}.', { shown: shown.length, found: found.length })
            : say('{found} found.', { found: found.length })}
      </p>
      {children}
    </Dialog>
  );
}
