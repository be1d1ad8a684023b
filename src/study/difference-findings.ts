import { formatEntropy } from '../figures/format';
import { picturesInWords, SIGNIFICANT } from '../figures/study';
import { equals, type Finding, least, signed } from './finding';
import { effectInWords } from './statistics';
import type { Study } from './study-data';
import type { StudyColumn } from './summary/columns';
import type { Difference } from './summary/difference';

/** Wrong answers against right ones; `counts` says how many there are of each. */
export function answersFinding(
  difference: Difference,
  column: StudyColumn,
  study: Study,
  counts: string,
): Finding {
  const { known, claimed, greatest, nearest, above, below } = judged(difference, study);
  if (!greatest) {
    return {
      text: `Wrong answers do not differ in ${column.name} from right ones beyond chance, at any of ${known} layers.`,
      evidence: `${nearest ? `Nearest to it at ${nearest.layer}: g = ${effectOf(nearest)}, p ${equals(nearest.p)}, corrected. ` : ''}${counts}. ${noProof}`,
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
    text: `${have} at ${claimed} of ${known} layers${ways}; most at ${greatest.layer}, by g = ${effectOf(greatest)}, a ${effectInWords(greatest.effect ?? 0)} effect.`,
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
  if (!greatest) {
    return {
      text: `${column.name} does not differ between ${first} and ${second} beyond chance, at any of ${known} layers.`,
      evidence: `${nearest ? `Nearest to it at ${nearest.layer}: d = ${effectOf(nearest)}, p ${equals(nearest.p)}, corrected. ` : ''}The same ${images}. ${noProof}`,
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
    text: `${column.name} ${how} at ${claimed} of ${known} layers${ways}; most at ${greatest.layer}, by d = ${effectOf(greatest)}, a ${effectInWords(greatest.effect ?? 0)} effect.`,
    evidence: `${numbersOf(greatest)} The same ${images}.`,
  };
}

const noProof = 'That no difference was found does not prove that there is none.';

type Known = NonNullable<Difference['differences'][number]> & { layer: string };

/** The layers at which there is a difference beyond chance: its band leaves zero out, and p is small. */
function judged({ differences }: Difference, { layers }: Study) {
  const known = differences.flatMap((each, i): Known[] => (each ? [{ ...each, layer: layers[i].name }] : []));
  const claimed = known.filter(({ p, band }) => p < SIGNIFICANT && (band.low > 0 || band.high < 0));
  return {
    known: known.length,
    claimed: claimed.length,
    above: claimed.filter(({ band }) => band.mean > 0).length,
    below: claimed.filter(({ band }) => band.mean < 0).length,
    greatest: least(claimed, ({ effect }) => -Math.abs(effect ?? 0)),
    nearest: least(known, ({ p }) => p),
  };
}

const effectOf = ({ effect }: Known) => formatEntropy(effect ?? 0);

const numbersOf = ({ layer, band, p }: Known) =>
  `${layer}: ${signed(band.mean)} (95 % ${signed(band.low)} to ${signed(band.high)}), p ${equals(p)}, corrected.`;
