import { saliencyMethodNames } from '../../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import type { Study } from '../study-data';
import { mostTelling, type TellingPair } from './telling-pairs';

/** The name of an entropy. */
export const entropyName = (measure: EntropyMeasure): string =>
  ENTROPY_MEASURES.find(({ id }) => id === measure)?.name ?? measure;

const two = (value: number) => value.toFixed(2).replace('-', '−');

/** The pair as it is named in a sentence: "aura matrix entropy of Grad-CAM at conv5_2". */
export const pairName = ({ method, measure, layer }: TellingPair, study: Pick<Study, 'layers'>): string =>
  say('{entropy} of {method} at {layer}', {
    entropy: say(entropyName(measure)),
    method: say(saliencyMethodNames[method]),
    layer: study.layers[layer].name,
  });

/** "d −1.21, −1.50 to −0.98" */
export const effectInNumbers = ({ effect, low, high }: TellingPair): string =>
  say('d {effect}, {low} to {high}', { effect: two(effect), low: two(low), high: two(high) });

/** Which pair of method and measure tells a trained network from a randomised one, in sentences. */
export function tellingInWords(
  pairs: readonly TellingPair[],
  study: Pick<Study, 'layers' | 'settings'>,
): string {
  const draws = study.settings.trust?.draws ?? 0;
  if (pairs.length === 0) {
    return say(
      'No pair can be compared: there are fewer than three images, or no map is left where weights are randomised.',
    );
  }
  const telling = mostTelling(pairs);
  const pairsTested = counted(pairs.length, 'pair');
  const drawn = counted(draws, 'draw');
  if (telling.length === 0) {
    return say(
      'None of {pairs} of method, measure and layer tells the trained network from its randomised twins beyond chance in each of {draws} of weights.',
      { pairs: pairsTested, draws: drawn },
    );
  }
  const [first] = telling;
  const falls = telling.filter(({ effect }) => effect < 0).length;
  const words = {
    value: telling.length.toLocaleString('en'),
    pairs: pairsTested,
    draws: drawn,
    falls: falls.toLocaleString('en'),
  };
  const told =
    telling.length === 1
      ? say(
          '{value} of {pairs} of method, measure and layer tells the trained network from its randomised twins beyond chance in each of {draws} of weights; in {falls} of them its entropy is the lower one.',
          words,
        )
      : say(
          '{value} of {pairs} of method, measure and layer tell the trained network from its randomised twins beyond chance in each of {draws} of weights; in {falls} of them its entropy is the lower one.',
          words,
        );
  const pair = { pair: pairName(first, study), effect: effectInNumbers(first) };
  const surest =
    first.effect < 0
      ? say(' The surest is {pair}, lower with trained weights ({effect}).', pair)
      : say(' The surest is {pair}, higher with trained weights ({effect}).', pair);
  return `${told}${surest}`;
}
