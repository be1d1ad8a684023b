import { numberInWords, percent } from '../text/value-in-words';

/** What an output says: the probability of a class, or the number where it is none. */
export const valueInWords = ({ probability, logit }: Pick<Prediction, 'probability' | 'logit'>): string =>
  probability === null ? numberInWords(logit) : percent(probability);

export interface Prediction {
  index: number;
  label: string;
  /** Null where the output stands for no classes. */
  probability: number | null;
  /** The number itself where it is no class's logit. */
  logit: number;
}
