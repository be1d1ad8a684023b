import { trustMeasure } from '../../faithfulness/trust/trust-measures';
import { saliencyMethodNames } from '../../saliency/method-names';
import { counted } from '../../text/counted';
import { listed } from '../../text/listed';
import { say } from '../../text/say';
import type { MethodPairs } from './method-pairs';
import { differing, type MethodSquare, type SquareMeasure } from './method-square';

/** What a square says, in a sentence or two: how many pairs differ, and which method comes first. */
export function squareInWords(
  { pairs }: MethodPairs,
  { methods }: MethodSquare,
  measure: SquareMeasure,
): string {
  const { differ, of } = differing(pairs, measure);
  if (of === 0) return say('No two methods can be compared: no image has the numbers of both.');
  const told = measure === 'all' ? ofAll(differ, of) : ofOne(say(trustMeasure(measure).name), differ, of);
  if (differ === 0) return told;
  const net = Math.max(...methods.map(({ wins, losses }) => wins - losses));
  const ahead = methods.filter(({ wins, losses }) => wins - losses === net);
  const names = ahead.map(({ method }) => say(saliencyMethodNames[method]));
  const [{ wins, losses }] = ahead;
  const words = { names: listed(names), wins: counted(wins, 'comparison'), losses };
  return `${told}${
    ahead.length === 1
      ? say(' {names} comes first: better in {wins}, worse in {losses}.', words)
      : say(' {names} share the first place.', words)
  }`;
}

function ofOne(measure: string, differ: number, of: number): string {
  if (differ === 0) return say('By {measure}, no two methods differ beyond chance.', { measure });
  const words = { measure, differ, pairs: counted(of, 'pair') };
  return differ === 1
    ? say('By {measure}, {differ} of {pairs} of methods differs beyond chance.', words)
    : say('By {measure}, {differ} of {pairs} of methods differ beyond chance.', words);
}

function ofAll(differ: number, of: number): string {
  if (differ === 0) return say('No two methods differ beyond chance by any measure.');
  const words = { differ: differ.toLocaleString('en'), comparisons: counted(of, 'comparison') };
  return differ === 1
    ? say('Of {comparisons} of two methods by a measure, {differ} goes beyond chance.', words)
    : say('Of {comparisons} of two methods by a measure, {differ} go beyond chance.', words);
}
