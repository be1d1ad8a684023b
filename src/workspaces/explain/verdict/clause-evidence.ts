import type { ClauseSubject } from './picture-verdict';

const idOf = (subject: ClauseSubject) => `evidence-${subject}`;

/** What makes a figure or a part of the page the evidence for what the verdict says of this subject: it can be gone to. */
export const evidence = (subject: ClauseSubject) => ({ id: idOf(subject), tabIndex: -1 });

/** Scrolls to the evidence and focuses it. */
export function goToEvidence(subject: ClauseSubject): void {
  const place = document.getElementById(idOf(subject));
  place?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  place?.focus({ preventScroll: true });
}
