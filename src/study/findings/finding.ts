import { pInWords, SIGNIFICANT } from '../../figures/study/study-figures';
import { say } from '../../text/say';

/** A sentence that the numbers bear out, and those numbers. */
export interface Finding {
  text: string;
  evidence: string;
}

/** "= .03", "< .001" */
export const equals = (p: number): string => (p < 0.001 ? pInWords(p) : `= ${pInWords(p)}`);

/** A difference with its sign, which tells the side of zero that three decimals may hide: "−0.000". */
export const signed = (value: number): string =>
  `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value).toFixed(3)}`;

/** "−0.388 (95 % −0.590 to −0.187)"; `unit` stands behind the mean. */
export const bandInWords = (
  { mean, low, high }: { mean: number; low: number; high: number },
  unit: '' | ' bits' = '',
): string =>
  say('{mean} (95 % {low} to {high})', {
    mean: unit === '' ? signed(mean) : say('{mean} bits', { mean: signed(mean) }),
    low: signed(low),
    high: signed(high),
  });

/** What a claim asks of a number, in words for where it fails: which of them does not hold. */
export interface Condition {
  holds: boolean;
  failed: string;
}

/** That p, corrected, is small enough. */
export const smallP = (p: number): Condition => ({
  holds: p < SIGNIFICANT,
  failed: say('p is not below .05'),
});

/** "p is not below .05": what keeps a claim from being made. */
export const failedOf = (conditions: readonly Condition[]): string => {
  const failed = conditions.filter(({ holds }) => !holds).map((condition) => condition.failed);
  const last = failed.pop() ?? '';
  return failed.length === 0 ? last : say('{failed} and {last}', { failed: failed.join(say(', ')), last });
};

/** How many hold. */
export const heldOf = (conditions: readonly Condition[]): number =>
  conditions.filter(({ holds }) => holds).length;

/** The item of which this is least; null of none. */
export function least<Item>(items: readonly Item[], of: (item: Item) => number): Item | null {
  let found: Item | null = null;
  for (const item of items) if (!found || of(item) < of(found)) found = item;
  return found;
}
