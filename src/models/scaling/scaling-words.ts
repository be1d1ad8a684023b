import { type Prediction, valueInWords } from '../../network/prediction';
import {
  type InputScaling,
  inputScalingNames,
  type ScalingNumbers,
  type ScalingReport,
} from '../../network/scaling/input-scaling';
import type { AnalyseResult } from '../../saliency/analysis';
import { say } from '../../text/say';

/**
 * How sure it is that pictures are scaled as the network was trained: its file settles it, the reader chose it, it is a guess that
 * fits what the network remembers of its training, a guess that cannot be checked, or one that looks wrong.
 */
export type ScalingVerdict = 'settled' | 'chosen' | 'fits' | 'guess' | 'wrong';

type Scaled = Pick<AnalyseResult, 'scaling' | 'scalingDoubt'>;

export function verdictOf({ scaling, scalingDoubt }: Scaled): ScalingVerdict {
  if (!scaling || scaling.source === 'file') return 'settled';
  if (scaling.source === 'chosen') return 'chosen';
  if (scalingDoubt === null) return 'fits';
  return scalingDoubt?.outcome === 'another' ? 'wrong' : 'guess';
}

/** Whether results may be wrong for it, which must not be overlooked. */
export const isDoubtful = (verdict: ScalingVerdict) => verdict === 'guess' || verdict === 'wrong';

/** The scaling that fits far better than the one used; null where none is known. */
export const betterScaling = ({ scalingDoubt }: Scaled): InputScaling | null =>
  scalingDoubt?.outcome === 'another' ? scalingDoubt.scaling : null;

/** Name of the note by what it says. */
export const doubtTitles = {
  guess: 'Input scaling is a guess',
  wrong: 'Input scaling looks wrong',
} as const;

/** Why a scaling is doubted, in sentences. */
export function doubtInWords(scaled: Scaled): string {
  const { scaling, scalingDoubt } = scaled;
  if (!scaling) return '';
  const better = betterScaling(scaled);
  const reason = scaling.reason.replace(/^Guessed: ./, (start) => start.slice(-1).toUpperCase());
  if (better) {
    return say('{reason} What the network remembers of its training fits “{inputScalingName}” far better.', {
      reason,
      inputScalingName: say(inputScalingNames[better]),
    });
  }
  const unchecked =
    scalingDoubt?.outcome === 'unknown'
      ? say(scalingDoubt.reason)
      : say('Whether it is right cannot be told.');
  return say('{reason} {unchecked} If it is wrong, so are all results: choose one, or keep it.', {
    reason,
    unchecked,
  });
}

/** "0 to 1"; numbers without a usual name say themselves: "0.00784 v - 1". */
export const scalingTitle = ({
  name,
  ...numbers
}: Pick<ScalingReport, 'name' | 'factor' | 'offset'>): string =>
  name ? say(inputScalingNames[name]) : numbersInWords(numbers);

const short = (value: number) => String(Number(value.toPrecision(3)));

function numbersInWords({ factor, offset }: Pick<ScalingNumbers, 'factor' | 'offset'>): string {
  const channels = factor.map((each, channel) => {
    const [by, and] = [short(each), short(Math.abs(offset[channel]))];
    return `${by} v${offset[channel] === 0 ? '' : ` ${offset[channel] < 0 ? '-' : '+'} ${and}`}`;
  });
  return [...new Set(channels)].join(', ');
}

/** A way to scale pictures, with what comes of it. */
export interface ScalingOffer {
  scaling: InputScaling;
  /** Whether it is the one in use, or the one that fits far better; in a word or two what it is. */
  used: boolean;
  better: boolean;
  mark: 'guessed' | 'chosen' | 'fits better' | null;
  /** What the network says by it; null until that is known. */
  says: string | null;
  /** The share that stands behind it, 0 to 1; null where there is none. */
  share: number | null;
  /** The share in words. */
  number: string | null;
}

/** All that are worth offering, the one that fits far better before the others. */
export function scalingOffers(
  scalings: readonly InputScaling[],
  scaled: Scaled,
  answer: (scaling: InputScaling) => Pick<ScalingOffer, 'says' | 'share' | 'number'>,
): ScalingOffer[] {
  const better = betterScaling(scaled);
  const own = scaled.scaling?.source === 'chosen' ? 'chosen' : 'guessed';
  const offers = scalings.map((scaling): ScalingOffer => {
    const used = scaling === scaled.scaling?.name;
    const mark = scaling === better ? 'fits better' : used ? own : null;
    return { scaling, used, better: scaling === better, mark, ...answer(scaling) };
  });
  return [...offers.filter((offer) => offer.better), ...offers.filter((offer) => !offer.better)];
}

/** What one picture is taken for. */
export function answerInWords(
  answer: Prediction | undefined,
): Pick<ScalingOffer, 'says' | 'share' | 'number'> {
  if (!answer) return { says: null, share: null, number: null };
  return { says: answer.label, share: answer.probability, number: valueInWords(answer) };
}
