import { useId } from 'react';
import { useExplain } from '../../../state/explain-store';
import { change } from '../explain-controller';
import css from './sign-thresholds.module.css';

/** What counts as a sign: both thresholds, live; and what the colours of the flow stand for. */
export function SignThresholds({ byPart }: { byPart: boolean }) {
  const tau = useExplain(({ settings }) => settings.tau);
  const theta = useExplain(({ settings }) => settings.theta);
  return (
    <div className={css.thresholds}>
      <label className={css.share} title="Where one sign remains, its parts tell more than its one colour">
        <span>Colour</span>
        <select
          value={byPart ? 'part' : 'final'}
          onChange={({ target }) => change({ flow: target.value as 'final' | 'part' })}
        >
          <option value="final">by final sign</option>
          <option value="part">by part</option>
        </select>
      </label>
      <Share
        label="Persistence"
        title="Least height of a sign’s peak above its saddle, as a share of the map’s maximum (tau)"
        value={tau}
        change={(tau) => change({ tau })}
      />
      <Share
        label="Cut-off"
        title="What is lower than this share of the map’s maximum belongs to no sign (theta)"
        value={theta}
        change={(theta) => change({ theta })}
      />
    </div>
  );
}

/** A share from 0 to 1 in hundredths, by slider; every move counts at once. */
function Share({
  label,
  title,
  value,
  change,
}: {
  label: string;
  title: string;
  value: number;
  change(value: number): void;
}) {
  const id = useId();
  return (
    <div className={css.share} title={title}>
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
