import { fixedBeside } from '../../figures/kit/number-format';
import { isBeyondChance, picturesInWords } from '../../figures/study/study-figures';
import { counted } from '../../text/counted';
import { effectInWords } from '../statistics';
import type { Study } from '../study-data';
import type { Difference } from '../summary/difference';
import type { StudyColumn } from '../summary/number-columns';
import {
  bandInWords,
  type Condition,
  equals,
  type Finding,
  failedOf,
  heldOf,
  least,
  smallP,
} from './finding';

/** Wrong answers against right ones; `counts` says how many there are of each. */
export function answersFinding(
  difference: Difference,
  column: StudyColumn,
  study: Study,
  counts: string,
): Finding {
  const { known, claimed, greatest, nearest, above, below } = judged(difference, study);
  if (!nearest) {
    return {
      text: `Wrong answers cannot be compared with right ones in ${column.name}: no layer has it for both.`,
      evidence: `${counts}.`,
    };
  }
  if (!greatest) {
    return {
      text: `Wrong answers do not differ in ${column.name} from right ones beyond chance, ${atNone(known)}.`,
      evidence: `${nearestInWords(nearest, 'g')} ${counts}. ${noProof}`,
    };
  }
  const have =
    below === 0
      ? `Wrong answers have higher ${column.name} than right ones`
      : above === 0
        ? `Wrong answers have lower ${column.name} than right ones`
        : `Wrong answers differ in ${column.name} from right ones`;
  const ways = above > 0 && below > 0 ? ` (higher at ${above}, lower at ${below})` : '';
  return {
    text: `${have} at ${claimed} of ${counted(known, 'layer')}${ways}; most at ${greatest.layer}, ${effectOf(greatest, 'g')}.`,
    evidence: `${numbersOf(greatest)} ${counts}.`,
  };
}

/** Two studies of the same images, by what they are called. */
export function comparisonFinding(
  difference: Difference,
  { first, second }: { first: string; second: string },
  column: StudyColumn,
  study: Study,
): Finding {
  const { known, claimed, greatest, nearest, above, below } = judged(difference, study);
  const images = picturesInWords(difference.pictures);
  if (!nearest) {
    return {
      text: `${column.name} cannot be compared between ${first} and ${second}: no layer has it in both.`,
      evidence: `The same ${images}.`,
    };
  }
  if (!greatest) {
    return {
      text: `${column.name} does not differ between ${first} and ${second} beyond chance, ${atNone(known)}.`,
      evidence: `${nearestInWords(nearest, 'd')} The same ${images}. ${noProof}`,
    };
  }
  const how =
    below === 0
      ? `is higher in ${first} than in ${second}`
      : above === 0
        ? `is lower in ${first} than in ${second}`
        : `differs between ${first} and ${second}`;
  const ways = above > 0 && below > 0 ? ` (higher in ${first} at ${above}, lower at ${below})` : '';
  return {
    text: `${column.name} ${how} at ${claimed} of ${counted(known, 'layer')}${ways}; most at ${greatest.layer}, ${effectOf(greatest, 'd')}.`,
    evidence: `${numbersOf(greatest)} The same ${images}.`,
  };
}

const noProof = 'That no difference was found does not prove that there is none.';

const atNone = (layers: number) => (layers === 1 ? 'at the only layer' : `at any of ${layers} layers`);

type Known = NonNullable<Difference['differences'][number]> & { layer: string };

/** The layers at which there is a difference beyond chance, the greatest of them, and what comes nearest to one. */
function judged({ differences }: Difference, { layers }: Study) {
  const known = differences.flatMap((each, i): Known[] => (each ? [{ ...each, layer: layers[i].name }] : []));
  const claimed = known.filter(isBeyondChance);
  const most = Math.max(...known.map((each) => heldOf(conditionsOf(each))));
  return {
    known: known.length,
    claimed: claimed.length,
    above: claimed.filter(({ band }) => band.low > 0).length,
    below: claimed.filter(({ band }) => band.high < 0).length,
    // One without an effect size only where none has one.
    greatest: least(claimed, ({ effect }) => (effect === null ? 0 : -Math.abs(effect))),
    nearest: least(
      known.filter((each) => heldOf(conditionsOf(each)) === most),
      ({ p }) => p,
    ),
  };
}

const conditionsOf = ({ band, p }: Known): Condition[] => [
  { holds: band.low > 0 || band.high < 0, failed: 'its band does not leave zero out' },
  smallP(p),
];

const nearestInWords = (each: Known, letter: string) =>
  `Nearest to it at ${each.layer}: ${each.effect === null ? '' : `${letter} = ${decimals(each.effect)}, `}${bandInWords(each.band)}, p ${equals(each.p)}, corrected: ${failedOf(conditionsOf(each))}.`;

/** "by g = 0.62, a medium effect" */
const effectOf = ({ effect }: Known, letter: string) =>
  effect === null
    ? 'without an effect size, for too few images vary there'
    : `by ${letter} = ${decimals(effect)}, a ${effectInWords(effect)} effect`;

/** Two decimals, and more where they would be called by another of Cohen's words. */
const decimals = (effect: number) =>
  `${effect < 0 ? '−' : ''}${fixedBeside(Math.abs(effect), 2, [0.2, 0.5, 0.8])}`;

const numbersOf = ({ layer, band, p }: Known) => `${layer}: ${bandInWords(band)}, p ${equals(p)}, corrected.`;
