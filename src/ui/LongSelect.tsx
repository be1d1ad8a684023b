import { memo, type ReactNode, startTransition, useEffect, useState } from 'react';
import css from './long-select.module.css';
import { whenIdle } from './when-idle';

/** Options that are rendered and styled in one task: 1000 of them take 30 ms of processor time and more. */
export const optionsATime = 100;

/** Milliseconds after which the next options come to a busy page too. */
const patience = 500;

/**
 * A choice of one of many labels by its place, as fast on the page as one of few: the first of its options and the chosen one are there at once, the others
 * come a slice at a time whenever the page has nothing to do, and all of them when a hand or a key comes near. A long one is as wide
 * as there is room, since its own width would have all its names measured.
 * @param waits whether the others come to a hand or a key alone as yet
 * @param children options above those of the labels
 * @param without the place of a label that is not offered
 */
export function LongSelect({
  value,
  labels,
  without = null,
  waits = false,
  onChoose,
  children,
}: {
  value: string | number;
  labels: readonly string[];
  without?: number | null;
  waits?: boolean;
  onChoose(value: string): void;
  children?: ReactNode;
}) {
  const slices = Math.ceil(labels.length / optionsATime);
  const [filled, setFilled] = useState({ labels, slices: 1 });
  const there = filled.labels === labels ? filled.slices : 1;
  useEffect(() => {
    if (waits || there >= slices) return;
    return whenIdle(() => startTransition(() => setFilled({ labels, slices: there + 1 })), patience);
  }, [labels, there, slices, waits]);
  const fill = () => {
    if (there < slices) setFilled({ labels, slices });
  };
  return (
    <select
      className={slices > 1 ? css.long : undefined}
      value={value}
      onFocus={fill}
      onPointerDown={fill}
      onKeyDown={fill}
      onChange={({ target }) => onChoose(target.value)}
    >
      {children}
      {Array.from({ length: slices }, (_, slice) => {
        const from = slice * optionsATime;
        const has = (place: number | null) => place !== null && place >= from && place < from + optionsATime;
        if (slice >= there && !(typeof value === 'number' && has(value))) return null;
        return <Options key={from} labels={labels} from={from} without={has(without) ? without : null} />;
      })}
    </select>
  );
}

const Options = memo(function Options({
  labels,
  from,
  without,
}: {
  labels: readonly string[];
  from: number;
  without: number | null;
}) {
  return labels.slice(from, from + optionsATime).map((label, i) =>
    from + i === without ? null : (
      // Two classes of a network may share a label.
      // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart.
      <option key={i} value={from + i}>
        {label}
      </option>
    ),
  );
});
