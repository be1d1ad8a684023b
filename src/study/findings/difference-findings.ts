import { fixedBeside } from '../../figures/kit/number-format';
import { isBeyondChance, picturesInWords } from '../../figures/study/study-figures';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { effectInWords } from '../statistics';
import type { Study } from '../study-data';
import type { Difference } from '../summary/difference';
import { columnName, type StudyColumn } from '../summary/number-columns';
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
  const name = columnName(column);
  if (!nearest) {
    return {
      text: say('Wrong answers cannot be compared with right ones in {name}: no layer has it for both.', {
        name,
      }),
      evidence: say('{sentence}.', { sentence: counts }),
    };
  }
  if (!greatest) {
    return {
      text: say('Wrong answers do not differ in {name} from right ones beyond chance, {where}.', {
        name,
        where: atNone(known),
      }),
      evidence: say('{nearest} {counts}. {noProof}', {
        nearest: nearestInWords(nearest, 'g'),
        counts,
        noProof: noProof(),
      }),
    };
  }
  const words = {
    name,
    claimed,
    layers: counted(known, 'layer'),
    above,
    below,
    layer: greatest.layer,
    effect: effectOf(greatest, 'g'),
  };
  const evidence = say('{numbers} {counts}.', { numbers: numbersOf(greatest), counts });
  if (below === 0)
    return {
      text: say(
        'Wrong answers have higher {name} than right ones at {claimed} of {layers}; most at {layer}, {effect}.',
        words,
      ),
      evidence,
    };
  if (above === 0)
    return {
      text: say(
        'Wrong answers have lower {name} than right ones at {claimed} of {layers}; most at {layer}, {effect}.',
        words,
      ),
      evidence,
    };
  return {
    text: say(
      'Wrong answers differ in {name} from right ones at {claimed} of {layers} (higher at {above}, lower at {below}); most at {layer}, {effect}.',
      words,
    ),
    evidence,
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
  const name = columnName(column);
  const same = say('The same {images}.', { images: picturesInWords(difference.pictures) });
  if (!nearest) {
    return {
      text: say('{name} cannot be compared between {first} and {second}: no layer has it in both.', {
        name,
        first,
        second,
      }),
      evidence: same,
    };
  }
  if (!greatest) {
    return {
      text: say('{name} does not differ between {first} and {second} beyond chance, {where}.', {
        name,
        first,
        second,
        where: atNone(known),
      }),
      evidence: say('{nearest} {same} {noProof}', {
        nearest: nearestInWords(nearest, 'd'),
        same,
        noProof: noProof(),
      }),
    };
  }
  const words = {
    name,
    first,
    second,
    claimed,
    layers: counted(known, 'layer'),
    above,
    below,
    layer: greatest.layer,
    effect: effectOf(greatest, 'd'),
  };
  const evidence = say('{numbers} {same}', { numbers: numbersOf(greatest), same });
  if (below === 0)
    return {
      text: say(
        '{name} is higher in {first} than in {second} at {claimed} of {layers}; most at {layer}, {effect}.',
        words,
      ),
      evidence,
    };
  if (above === 0)
    return {
      text: say(
        '{name} is lower in {first} than in {second} at {claimed} of {layers}; most at {layer}, {effect}.',
        words,
      ),
      evidence,
    };
  return {
    text: say(
      '{name} differs between {first} and {second} at {claimed} of {layers} (higher in {first} at {above}, lower at {below}); most at {layer}, {effect}.',
      words,
    ),
    evidence,
  };
}

const noProof = () => say('That no difference was found does not prove that there is none.');

const atNone = (layers: number) =>
  layers === 1 ? say('at the only layer') : say('at any of {layers} layers', { layers });

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
  { holds: band.low > 0 || band.high < 0, failed: say('its band does not leave zero out') },
  smallP(p),
];

const nearestInWords = (each: Known, letter: string) =>
  say('Nearest to it at {layer}: {band}, p {p}, corrected: {failed}.', {
    layer: each.layer,
    band: `${each.effect === null ? '' : `${letter} = ${decimals(each.effect)}${say(', ')}`}${bandInWords(each.band)}`,
    p: equals(each.p),
    failed: failedOf(conditionsOf(each)),
  });

/** "by g = 0.62, a medium effect" */
const effectOf = ({ effect }: Known, letter: string) =>
  effect === null
    ? say('without an effect size, for too few images vary there')
    : say('by {letter} = {effect}, a {size} effect', {
        letter,
        effect: decimals(effect),
        size: say(effectInWords(effect)),
      });

/** Two decimals, and more where they would be called by another of Cohen's words. */
const decimals = (effect: number) =>
  `${effect < 0 ? '−' : ''}${fixedBeside(Math.abs(effect), 2, [0.2, 0.5, 0.8])}`;

const numbersOf = ({ layer, band, p }: Known) =>
  say('{layer}: {band}, p {p}, corrected.', { layer, band: bandInWords(band), p: equals(p) });
