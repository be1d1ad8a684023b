import { type ReactNode, useEffect, useId, useState } from 'react';
import { say } from '../text/say';

/** A control with its name above it. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className="field">
      <span>{label}</span>
      {children}
    </label>
  );
}

/** A number that is taken over when it is complete: on Enter or when the focus leaves it. What is not allowed is said and put back. */
export function NumberField({
  label,
  value,
  parse,
  allowed,
  onChange,
  disabled,
  unit,
}: {
  label: string;
  value: number;
  /** The number a text stands for; undefined where it is not allowed. */
  parse(text: string): number | undefined;
  allowed: string;
  onChange(value: number): void;
  disabled?: boolean;
  unit?: string;
}) {
  const [text, setText] = useState(String(value));
  const [wrong, setWrong] = useState(false);
  const hint = useId();
  useEffect(() => {
    setText(String(value));
    setWrong(false);
  }, [value]);
  const take = () => {
    const found = parse(text.trim().replace(',', '.'));
    setWrong(found === undefined);
    if (found !== undefined && found !== value) onChange(found);
  };
  return (
    <div className="field">
      <label>
        <span>
          {label}
          {unit ? `${say(', ')}${unit}` : ''}
        </span>
        <input
          inputMode="decimal"
          value={text}
          disabled={disabled}
          aria-invalid={wrong}
          aria-describedby={wrong ? hint : undefined}
          onChange={({ target }) => setText(target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') {
              setText(String(value));
              setWrong(false);
            }
          }}
        />
      </label>
      {wrong && (
        <p className="wrong" id={hint}>
          {say('Allowed: {allowed}.', { allowed: say(allowed) })}
        </p>
      )}
    </div>
  );
}

/** Values that are their own names, as options. */
export const asOptions = <Value extends string | number>(values: readonly Value[]) =>
  values.map((value) => ({ value, title: String(value) }));

/** Options with their titles in the language of the page. */
export const saidOptions = <Value,>(options: readonly { value: Value; title: string }[]) =>
  options.map(({ value, title }) => ({ value, title: say(title) }));

/** A choice between a few. */
export function Choice<Value extends string | number>({
  label,
  value,
  options,
  onChange,
  disabled,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; title: string }[];
  onChange(value: Value): void;
  disabled?: boolean;
}) {
  return (
    <Field label={label}>
      <select
        value={value}
        disabled={disabled}
        onChange={({ target }) => {
          const chosen = options.find((option) => String(option.value) === target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function Check({
  label,
  checked,
  onChange,
  disabled,
}: {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      {label}
    </label>
  );
}
