import { textWidth } from './chart-text';
import { shortenAmong } from './tellable';

export const NAME_SIZE = 11;
/** Line height of a name, and what turned names need from one to the next. */
const NAME_LINE = 13;
const GAP = 4;
/** Below this step half of a usual name would be cut away: better to turn it. */
const SHORTEN_FROM = 64;
/** Longest turned name in pixels; beyond, the names would be taller than the figure they name. */
const TURNED_LENGTH = 124;

export interface NamePlan {
  /** Upright text is centred over its column, turned text reads upwards. */
  readonly turned: boolean;
  /** Height in pixels of the band the names take. */
  readonly height: number;
  /** What to write for each layer; empty where there is no room. */
  readonly labels: readonly string[];
}

/**
 * How to name columns `step` pixels wide without an overlap; the selected layer is always named.
 * @param beside names that are to stand alike, in other rows
 */
export function planNames(
  names: readonly string[],
  step: number,
  selected: number | null = null,
  beside: readonly string[] = names,
): NamePlan {
  const widest = Math.max(0, ...beside.map((name) => textWidth(name, NAME_SIZE, 600)));
  if (widest + GAP <= step) return { turned: false, height: NAME_LINE, labels: names };
  if (step >= SHORTEN_FROM) {
    const labels = shortenAmong(names, step - GAP, NAME_SIZE, 600);
    return { turned: false, height: NAME_LINE, labels };
  }
  const kept = new Set(
    thinLabels(
      names.map((_, i) => ({ at: (i + 0.5) * step, width: NAME_LINE })),
      0,
      selected,
    ),
  );
  const labels = shortenAmong(names, TURNED_LENGTH, NAME_SIZE, 600);
  return {
    turned: true,
    height: Math.ceil(Math.min(TURNED_LENGTH, widest)),
    labels: labels.map((label, i) => (kept.has(i) ? label : '')),
  };
}

export interface LabelSpan {
  /** Centre in pixels. */
  readonly at: number;
  readonly width: number;
}

/**
 * Indices of labels that can stand in one row without touching, taken from left to right after `first`, which
 * always stays. Ascending.
 */
export function thinLabels(spans: readonly LabelSpan[], gap: number, first: number | null = null): number[] {
  const order = spans.map((_, i) => i);
  if (first !== null && order[first] !== undefined) order.unshift(...order.splice(first, 1));
  const kept: number[] = [];
  for (const i of order) {
    const free = kept.every(
      (j) => Math.abs(spans[i].at - spans[j].at) >= (spans[i].width + spans[j].width) / 2 + gap,
    );
    if (free) kept.push(i);
  }
  return kept.sort((a, b) => a - b);
}
