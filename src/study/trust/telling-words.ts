import { saliencyMethodNames } from '../../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import { counted } from '../../text/counted';
import type { Study } from '../study-data';
import { mostTelling, type TellingPair } from './telling-pairs';

/** The name of an entropy. */
export const entropyName = (measure: EntropyMeasure): string =>
  ENTROPY_MEASURES.find(({ id }) => id === measure)?.name ?? measure;

const two = (value: number) => value.toFixed(2).replace('-', '−');

/** The pair as it is named in a sentence: "aura matrix entropy of Grad-CAM at conv5_2". */
export const pairName = ({ method, measure, layer }: TellingPair, study: Pick<Study, 'layers'>): string =>
  `${entropyName(measure)} of ${saliencyMethodNames[method]} at ${study.layers[layer].name}`;

/** "d −1.21, −1.50 to −0.98" */
export const effectInNumbers = ({ effect, low, high }: TellingPair): string =>
  `d ${two(effect)}, ${two(low)} to ${two(high)}`;

/** Which pair of method and measure tells a trained network from a randomised one, in sentences. */
export function tellingInWords(
  pairs: readonly TellingPair[],
  study: Pick<Study, 'layers' | 'settings'>,
): string {
  const draws = study.settings.trust?.draws ?? 0;
  if (pairs.length === 0) {
    return 'No pair can be compared: there are fewer than three images, or no map is left where weights are randomised.';
  }
  const telling = mostTelling(pairs);
  const tested = `of ${counted(pairs.length, 'pair')} of method, measure and layer`;
  const all = `in each of ${counted(draws, 'draw')} of weights`;
  if (telling.length === 0) {
    return `None ${tested} tells the trained network from its randomised twins beyond chance ${all}.`;
  }
  const [first] = telling;
  const lowers = first.effect < 0 ? 'lower' : 'higher';
  const falls = telling.filter(({ effect }) => effect < 0).length;
  return `${telling.length.toLocaleString('en')} ${tested} ${telling.length === 1 ? 'tells' : 'tell'} the trained network from its randomised twins beyond chance ${all}; in ${falls.toLocaleString('en')} of them its entropy is the lower one. The surest is ${pairName(first, study)}, ${lowers} with trained weights (${effectInNumbers(first)}).`;
}
