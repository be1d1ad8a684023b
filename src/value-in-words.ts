import type { Prediction } from './engine/protocol';

/** Two digits of interest: "94.1 %", "0.03 %", "< 0.01 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return '< 0.01 %';
  return `${value.toFixed(value < 0.1 ? 2 : 1)} %`;
}

/** Four digits of a number that has no unit: "31.20", "−0.01234", "1.235e+7". */
export function numberInWords(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? value.toExponential(3) : value.toPrecision(size >= 1000 ? 7 : 4);
  return text.replaceAll('-', '\u2212');
}

/** What an output says: the probability of a class, or the number where it is none. */
export const valueInWords = ({ probability, logit }: Pick<Prediction, 'probability' | 'logit'>): string =>
  probability === null ? numberInWords(logit) : percent(probability);
