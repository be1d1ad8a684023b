import { useId } from 'react';
import { useExplain } from '../../../state/explain-store';
import { change } from '../explain-controller';

/** What counts as a sign: both thresholds, live. */
export function SignThresholds() {
  const tau = useExplain(({ settings }) => settings.tau);
  const theta = useExplain(({ settings }) => settings.theta);
  return (
    <div className="thresholds">
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
    <div className="share" title={title}>
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
      <span className="number">{value.toFixed(2)}</span>
    </div>
  );
}
