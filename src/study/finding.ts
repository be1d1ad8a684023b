import { pInWords } from '../figures/study';

/** A sentence that the numbers bear out, and those numbers. */
export interface Finding {
  text: string;
  evidence: string;
}

/** "= .03", "< .001" */
export const equals = (p: number): string => (p < 0.001 ? pInWords(p) : `= ${pInWords(p)}`);

/** A difference with its sign, three decimals. */
export const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

/** The item of which this is least; null of none. */
export function least<Item>(items: readonly Item[], of: (item: Item) => number): Item | null {
  let found: Item | null = null;
  for (const item of items) if (!found || of(item) < of(found)) found = item;
  return found;
}
