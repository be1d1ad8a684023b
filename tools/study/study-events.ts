import type { Study } from '../../src/study/study-data';

/** What goes to standard output, one line of JSON each. */
export type Event = { event: string; [detail: string]: unknown };

/** How many images a study measured, and how many of those whose class is known it named right. */
export function summaryOf({ images, failures }: Study) {
  const known = images.filter(({ trueClass }) => trueClass !== null);
  const correct = known.filter(({ trueClass, predicted }) => trueClass === predicted).length;
  return {
    measured: images.length,
    failed: failures.length,
    ...(known.length > 0 && { correct, accuracy: rounded(correct / known.length) }),
  };
}

export const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(4)));
