import { picturesInWords } from '../../figures/study/study-figures';
import { counted } from '../../text/counted';
import { percent } from '../percent';
import { askedOfStep, type Step } from '../summary/change';
import type { Level } from '../summary/null-level';
import type { StudyColumn } from '../summary/number-columns';
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
  const known = levels.filter((level) => level !== null);
  if (known.length === 0) {
    return { text: `${column.name} was measured at no layer.`, evidence: 'No image has it with its null.' };
  }
  const unit = column.unit === 'bits' ? ' bits' : '';
  const below = known.filter((level) => level.below);
  const furthest = least(below, ({ beyond }) => beyond.mean);
  if (!furthest) {
    const nearest = nearestOf(known, conditionsOfLevel);
    return {
      text: `${column.name} lies below its null at none of ${counted(known.length, 'layer')}.`,
      evidence: `Nearest to it at ${nearest.layer}: ${bandInWords(nearest.beyond, unit)}, p ${equals(nearest.p)}, corrected: ${failedOf(conditionsOfLevel(nearest))}. ${picturesInWords(nearest.beyond.count)}.`,
    };
  }
  return {
    text: `${column.name} lies below its null at ${below.length} of ${counted(known.length, 'layer')}: there the maps are more ordered than their own values shuffled.`,
    evidence: `Furthest below at ${furthest.layer}: ${bandInWords(furthest.beyond, unit)}, p ${equals(furthest.p)}, corrected. ${picturesInWords(furthest.beyond.count)}.`,
  };
}

export const fallFinding = (steps: readonly (Step | null)[], { name }: StudyColumn): Finding =>
  stepFinding(steps, `${name} falls beyond its null`, name);

export const superizationFinding = (steps: readonly (Step | null)[]): Finding =>
  stepFinding(
    steps,
    'Superization happens, the joint aura entropy falling beyond its null,',
    'The joint aura entropy',
  );

/** @param happens the claim; @param entropy what falls */
function stepFinding(steps: readonly (Step | null)[], happens: string, entropy: string): Finding {
  const known = steps.filter((step) => step !== null);
  if (known.length === 0) {
    return {
      text: `${entropy} was measured on no step from a layer to the next.`,
      evidence: 'No image has it at two layers that follow each other.',
    };
  }
  const claimed = known.filter((step) => step.claimed);
  const largest = least(claimed, ({ beyond }) => beyond.mean);
  if (!largest) {
    return {
      text: `${happens} in none of ${counted(known.length, 'step')}.`,
      evidence: whyNone(known, entropy),
    };
  }
  return {
    text: `${happens} in ${claimed.length} of ${counted(known.length, 'step')}; the largest fall beyond it is ${stepInWords(largest)}, in ${percent(largest.share.share)} of images.`,
    evidence: `${stepInWords(largest)}: ${bandInWords(largest.change)}, null ${signed(largest.null.mean)}; beyond the null ${bandInWords(largest.beyond)}, p ${equals(largest.p)}, corrected. ${claimed.length > 1 ? `All: ${claimed.map((step) => `${stepInWords(step)} (${percent(step.share.share)})`).join(', ')}. ` : ''}${picturesInWords(largest.beyond.count)}.`,
  };
}

/** Which of the two falls is missing, and what fails on the step that comes nearest. */
function whyNone(known: readonly Step[], entropy: string): string {
  const asked = known.map(askedOfStep);
  const falling = asked.filter(({ falls }) => falls).length;
  const beyond = asked.filter(({ beyondNull, told }) => beyondNull && told).length;
  const falls = `${entropy} falls in ${falling} of them`;
  const stays = `it comes out lower than its null would in ${beyond} of them`;
  const counts =
    beyond === 0
      ? falling === 0
        ? `Neither that ${lowerFirst(entropy)} falls nor that it falls by more than its null can be told from chance in any of them.`
        : `${falls}, but that it falls by more than its null cannot be told from chance in any.`
      : falling === 0
        ? `${capital(stays)}, but that it falls at all cannot be told from chance in any.`
        : `${falls}, and ${stays}, but it does not do both in any.`;
  // A step on which it rises is near to none.
  const lower = known.filter(({ change }) => change.mean < 0);
  if (lower.length === 0) return `${counts} Its mean falls in none of them.`;
  const nearest = nearestOf(lower, conditionsOfStep);
  return `${counts} Nearest to it: ${stepInWords(nearest)}, ${bandInWords(nearest.beyond)} beyond the null, p ${equals(nearest.p)}, corrected: ${failedOf(conditionsOfStep(nearest))}. ${picturesInWords(nearest.beyond.count)}.`;
}

function conditionsOfStep(step: Step): Condition[] {
  const { falls, beyondNull } = askedOfStep(step);
  return [
    {
      holds: falls,
      failed: `the band of its own change, ${bandInWords(step.change)}, does not lie below zero`,
    },
    { holds: beyondNull, failed: 'the band beyond the null does not lie below zero' },
    smallP(step.p),
  ];
}

const conditionsOfLevel = ({ beyond, p }: Level): Condition[] => [
  { holds: beyond.high < 0, failed: 'the band does not lie below zero' },
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

const stepInWords = ({ from, to }: Step) => `${from} to ${to}`;
const capital = (text: string) => text[0].toUpperCase() + text.slice(1);
/** "The joint ..." inside a sentence; a measure's name stays as it is. */
const lowerFirst = (text: string) => text.replace(/^The /, 'the ');
