import { valueInWords } from '../../../network/prediction';
import type { ExplainedTarget } from '../../../network/targets/explained-target';
import type { BoxPart } from '../../../network/targets/target';
import type { AnalyseResult } from '../../../saliency/analysis';
import { say } from '../../../text/say';
import { numberInWords } from '../../../text/value-in-words';

/** What an analysis explains, as captions and sentences about the decision call it. */
export interface ExplainedThing {
  label: string;
  /** Null where it is no class, or no class by itself. */
  probability: number | null;
  /** The logit, or the number that is explained in its place. */
  logit: number;
}

type Known = Pick<AnalyseResult, 'target' | 'predictions' | 'network'>;

/** What is explained; null where a file names a class that it has no number of. */
export function explainedThing({ target, predictions, network }: Known): ExplainedThing | null {
  const own = predictions.find(({ index }) => index === target.index);
  if ((target.kind ?? 'class') === 'class') return own ?? null;
  const label = labelOf(target, network.labels);
  return { label, probability: null, logit: target.value ?? 0 };
}

/** What of a box is explained. */
const partWords: Record<Exclude<BoxPart, 'score'>, string> = {
  place: 'place of {box}',
  both: 'score and place of {box}',
  left: 'left edge of {box}',
  top: 'upper edge of {box}',
  right: 'right edge of {box}',
  bottom: 'lower edge of {box}',
};

function labelOf(target: ExplainedTarget, labels: readonly string[]): string {
  const { label, kind, against, place, box, part = 'score' } = target;
  if (kind === 'region') return `${label} ${place ? say('in a region') : say('where it is seen')}`;
  if (kind === 'box') {
    const named = say('{label} in box {box}', { label, box });
    return part === 'score' ? named : say(partWords[part], { box: named });
  }
  if (kind !== 'contrast') return label;
  if (against === 'opposite') return say('what speaks against {label}', { label });
  return say('{label} rather than {part}', {
    label,
    part:
      typeof against === 'number'
        ? labels[against]
        : against === 'similar'
          ? say('those most like it')
          : say('all others'),
  });
}

/** "golf ball (94.1 %)" for a class, "output (31.20)" for a number, and else what the number is. */
export function targetInWords({ analysis }: { analysis: Known | null }): string {
  if (!analysis) return '';
  const thing = explainedThing(analysis);
  if (!thing) return analysis.target.label;
  return `${thing.label} (${valueInBrackets(thing, analysis)})`;
}

/** The value of what is explained, in words: "94.1 %", "difference of logits 3.210"; empty where a file names a class that it has no number of. */
export function targetValueInWords(analysis: Known): string {
  const thing = explainedThing(analysis);
  return thing ? valueInBrackets(thing, analysis) : '';
}

const reach = '{logit} pixels from the opposite border';

/** The number that is explained of a box. */
const valueWords: Record<BoxPart, string> = {
  score: 'score {logit}',
  place: 'logarithm of its area {logit}',
  both: 'score and place {logit}',
  left: reach,
  top: reach,
  right: reach,
  bottom: reach,
};

function valueInBrackets(thing: ExplainedThing, { target, network }: Known): string {
  const isMean = network.kind === 'places' || network.kind === 'picture';
  const mean = isMean ? say('mean over all places ') : '';
  switch (target.kind ?? 'class') {
    case 'class':
      return `${mean}${valueInWords(thing)}`;
    case 'contrast': {
      const what = network.kind === 'classes' ? say('of logits ') : isMean ? say('of means ') : '';
      const name = target.against === 'opposite' ? say('negative ') : say('difference {what}', { what });
      return `${name}${numberInWords(thing.logit)}`;
    }
    case 'region':
      return say('mean logit {logit}', { logit: numberInWords(thing.logit) });
    case 'box':
      return say(valueWords[target.part ?? 'score'], { logit: numberInWords(thing.logit) });
    case 'similarity':
      return say('cosine {logit}', { logit: numberInWords(thing.logit) });
  }
}
