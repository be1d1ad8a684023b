import type { Explained } from './explained';
import type { Against, AskedTarget, BoxPart, TargetKind } from './target';

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
  /** The column and row of the network's map that the region lies at; null for all places of the class. */
  place?: [number, number] | null;
  /** Number of the box in the network's list. */
  box?: number;
  /** What of it is explained; left out for the score of its class. */
  part?: BoxPart;
  /** The picture that the likeness is to: what it is called, and what the network read of it, data:image/png;base64. */
  second?: { name: string; input: string };
}

/**
 * @param labels names of the classes
 * @param surest number of the surest box of the picture, where there are boxes
 */
export function explainedTarget(
  asked: AskedTarget,
  { index, value }: Pick<Explained, 'index' | 'value'>,
  labels: readonly string[],
  surest?: number,
): ExplainedTarget {
  const label = index === null ? 'likeness to the second picture' : (labels[index] ?? `class ${index}`);
  if (asked === null || typeof asked === 'number') return { index, label, kind: 'class', value };
  const explained = { index, label, kind: asked.kind, value };
  switch (asked.kind) {
    case 'contrast':
      return { ...explained, against: asked.against };
    case 'region':
      return { ...explained, place: asked.place && [...asked.place] };
    case 'box':
      return {
        ...{ ...explained, box: asked.box === 'surest' ? surest : asked.box },
        ...(asked.part && asked.part !== 'score' ? { part: asked.part } : {}),
      };
    case 'similarity':
      return explained;
  }
}
