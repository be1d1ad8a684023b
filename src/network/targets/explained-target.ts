import type { Explained } from './explained';
import type { Against, AskedTarget, TargetKind } from './target';

/** What an analysis explains, as it is shown and written into files. */
export interface ExplainedTarget {
  /** The class, or the number that is none; null where what is explained is no one of them. */
  index: number | null;
  /** Its name; of what is no one of them, what it is. */
  label: string;
  /** Left out in analyses of earlier versions, which explain classes only. */
  kind?: TargetKind;
  /** What it is for the picture: a logit, a difference of logits, a cosine. */
  value?: number;
  /** What a class is set against. */
  against?: Against;
}

/** @param labels names of the classes */
export function explainedTarget(
  asked: AskedTarget,
  { index, value }: Pick<Explained, 'index' | 'value'>,
  labels: readonly string[],
): ExplainedTarget {
  const label = index === null ? 'likeness to the second picture' : labels[index];
  if (asked === null || typeof asked === 'number') return { index, label, kind: 'class', value };
  const { kind } = asked;
  return { index, label, kind, value, ...(kind === 'contrast' ? { against: asked.against } : {}) };
}
