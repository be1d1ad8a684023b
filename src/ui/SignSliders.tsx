import { useId } from 'react';
import { say } from '../text/say';

interface Thresholds {
  readonly tau: number;
  readonly theta: number;
}

/**
 * What counts as a sign, both thresholds by slider; every move counts at once.
 * @param className of a row: name, slider and number
 */
export function SignSliders({
  className,
  tau,
  theta,
  change,
}: Thresholds & { className: string; change(changes: Partial<Thresholds>): void }) {
  return (
    <>
      <Share
        className={className}
        label={say('Persistence')}
        title={say('Least height of a sign’s peak above its saddle, as a share of the map’s maximum (tau)')}
        value={tau}
        change={(value) => change({ tau: value })}
      />
      <Share
        className={className}
        label={say('Cut-off')}
        title={say('What is lower than this share of the map’s maximum belongs to no sign (theta)')}
        value={theta}
        change={(value) => change({ theta: value })}
      />
    </>
  );
}

interface ShareProps {
  className: string;
  label: string;
  title: string;
  value: number;
  change(value: number): void;
}

/** A share from 0 to 1, in hundredths. */
function Share({ className, label, title, value, change }: ShareProps) {
  const id = useId();
  return (
    <div className={className} title={title}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={value}
        onChange={({ target }) => change(Number(target.value))}
      />
      <span>{value.toFixed(2)}</span>
    </div>
  );
}
