import { picturesInWords } from '../../figures/study/study-figures';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { percent } from '../percent';
import { askedOfStep, type Step } from '../summary/change';
import type { Level } from '../summary/null-level';
import { columnName, type StudyColumn } from '../summary/number-columns';
import {
  bandInWords,
  type Condition,
  equals,
  type Finding,
  failedOf,
  heldOf,
  least,
  signed,
  smallP,
} from './finding';

/** Where a measure lies below its null. */
export function levelFinding(levels: readonly (Level | null)[], column: StudyColumn): Finding {
  const name = columnName(column);
  const known = levels.filter((level) => level !== null);
  if (known.length === 0) {
    return {
      text: say('{name} was measured at no layer.', { name }),
      evidence: say('No image has it with its null.'),
    };
  }
  const unit = column.unit === 'bits' ? ' bits' : '';
  const below = known.filter((level) => level.below);
  const furthest = least(below, ({ beyond }) => beyond.mean);
  if (!furthest) {
    const nearest = nearestOf(known, conditionsOfLevel);
    return {
      text: say('{name} lies below its null at none of {layers}.', {
        name,
        layers: counted(known.length, 'layer'),
      }),
      evidence: say('Nearest to it at {layer}: {band}, p {p}, corrected: {failed}. {images}.', {
        layer: nearest.layer,
        band: bandInWords(nearest.beyond, unit),
        p: equals(nearest.p),
        failed: failedOf(conditionsOfLevel(nearest)),
        images: picturesInWords(nearest.beyond.count),
      }),
    };
  }
  return {
    text: say(
      '{name} lies below its null at {below} of {layers}: there the maps are more ordered than their own values shuffled.',
      { name, below: below.length, layers: counted(known.length, 'layer') },
    ),
    evidence: say('Furthest below at {layer}: {band}, p {p}, corrected. {images}.', {
      layer: furthest.layer,
      band: bandInWords(furthest.beyond, unit),
      p: equals(furthest.p),
      images: picturesInWords(furthest.beyond.count),
    }),
  };
}

export const fallFinding = (steps: readonly (Step | null)[], column: StudyColumn): Finding => {
  const name = columnName(column);
  return stepFinding(steps, say('{name} falls beyond its null', { name }), name);
};

export const superizationFinding = (steps: readonly (Step | null)[]): Finding =>
  stepFinding(
    steps,
    say('Superization happens, the joint aura entropy falling beyond its null,'),
    say('The joint aura entropy'),
  );

/** @param happens the claim; @param entropy what falls */
function stepFinding(steps: readonly (Step | null)[], happens: string, entropy: string): Finding {
  const known = steps.filter((step) => step !== null);
  if (known.length === 0) {
    return {
      text: say('{entropy} was measured on no step from a layer to the next.', { entropy }),
      evidence: say('No image has it at two layers that follow each other.'),
    };
  }
  const claimed = known.filter((step) => step.claimed);
  const largest = least(claimed, ({ beyond }) => beyond.mean);
  if (!largest) {
    return {
      text: say('{happens} in none of {steps}.', { happens, steps: counted(known.length, 'step') }),
      evidence: whyNone(known, entropy),
    };
  }
  const all = claimed.map((step) => `${stepInWords(step)} (${percent(step.share.share)})`);
  const numbers = {
    step: stepInWords(largest),
    change: bandInWords(largest.change),
    null: signed(largest.null.mean),
    beyond: bandInWords(largest.beyond),
    p: equals(largest.p),
    all: all.join(say(', ')),
    images: picturesInWords(largest.beyond.count),
  };
  return {
    text: say(
      '{happens} in {claimed} of {steps}; the largest fall beyond it is {step}, in {share} of images.',
      {
        happens,
        claimed: claimed.length,
        steps: counted(known.length, 'step'),
        step: stepInWords(largest),
        share: percent(largest.share.share),
      },
    ),
    evidence:
      claimed.length > 1
        ? say(
            '{step}: {change}, null {null}; beyond the null {beyond}, p {p}, corrected. All: {all}. {images}.',
            numbers,
          )
        : say(
            '{step}: {change}, null {null}; beyond the null {beyond}, p {p}, corrected. {images}.',
            numbers,
          ),
  };
}

/** Which of the two falls is missing, and what fails on the step that comes nearest. */
function whyNone(known: readonly Step[], entropy: string): string {
  const asked = known.map(askedOfStep);
  const falling = asked.filter(({ falls }) => falls).length;
  const beyond = asked.filter(({ beyondNull, told }) => beyondNull && told).length;
  const counts = countsInWords(entropy, falling, beyond);
  // A step on which it rises is near to none.
  const lower = known.filter(({ change }) => change.mean < 0);
  if (lower.length === 0) return say('{counts} Its mean falls in none of them.', { counts });
  const nearest = nearestOf(lower, conditionsOfStep);
  return say(
    '{counts} Nearest to it: {step}, {band} beyond the null, p {p}, corrected: {failed}. {images}.',
    {
      counts,
      step: stepInWords(nearest),
      band: bandInWords(nearest.beyond),
      p: equals(nearest.p),
      failed: failedOf(conditionsOfStep(nearest)),
      images: picturesInWords(nearest.beyond.count),
    },
  );
}

/** @param falling steps on which it falls; @param beyond those on which it falls by more than its null */
function countsInWords(entropy: string, falling: number, beyond: number): string {
  const words = { entropy, lowerEntropy: lowerFirst(entropy), falling, beyond };
  if (falling === 0 && beyond === 0) {
    return say(
      'Neither that {lowerEntropy} falls nor that it falls by more than its null can be told from chance in any of them.',
      words,
    );
  }
  if (beyond === 0) {
    return say(
      '{entropy} falls in {falling} of them, but that it falls by more than its null cannot be told from chance in any.',
      words,
    );
  }
  if (falling === 0) {
    return say(
      'It comes out lower than its null would in {beyond} of them, but that it falls at all cannot be told from chance in any.',
      words,
    );
  }
  return say(
    '{entropy} falls in {falling} of them, and it comes out lower than its null would in {beyond} of them, but it does not do both in any.',
    words,
  );
}

function conditionsOfStep(step: Step): Condition[] {
  const { falls, beyondNull } = askedOfStep(step);
  return [
    {
      holds: falls,
      failed: say('the band of its own change, {band}, does not lie below zero', {
        band: bandInWords(step.change),
      }),
    },
    { holds: beyondNull, failed: say('the band beyond the null does not lie below zero') },
    smallP(step.p),
  ];
}

const conditionsOfLevel = ({ beyond, p }: Level): Condition[] => [
  { holds: beyond.high < 0, failed: say('the band does not lie below zero') },
  smallP(p),
];

/** The one of which most conditions hold, of these the lowest. */
const nearestOf = <Item extends Pick<Step, 'beyond'>>(
  items: readonly Item[],
  conditionsOf: (item: Item) => Condition[],
): Item => {
  const most = Math.max(...items.map((item) => heldOf(conditionsOf(item))));
  const near = items.filter((item) => heldOf(conditionsOf(item)) === most);
  return least(near, ({ beyond }) => beyond.mean) as Item;
};

const stepInWords = ({ from, to }: Step) => say('{from} to {to}', { from, to });
/** "The joint ..." inside a sentence; a measure's name stays as it is. */
const lowerFirst = (text: string) => text.replace(/^The /, 'the ');
