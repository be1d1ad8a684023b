import type * as v from 'valibot';

/** `layers[2].name is 3, expected string.` @param whole what the file holds, where the issue is about all of it */
export function describeIssue(issue: v.BaseIssue<unknown>, whole: string): string {
  const path = (issue.path ?? [])
    .map(({ key }, i) => (typeof key === 'number' ? `[${key}]` : `${i ? '.' : ''}${key}`))
    .join('');
  if (issue.received === 'undefined') return `${path || whole} is missing.`;
  // Valibot writes schemas of its own where it expects no plain type.
  const expected = issue.expected ?? issue.message;
  return `${path || whole} is ${issue.received}, expected ${expected}.`;
}
