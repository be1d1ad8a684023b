import type { Network } from './network';
import { hasProbabilities } from './output-kind';

/**
 * Probabilities of the classes, in float64, by what turned logits into them at the end of the file; null where the numbers stand
 * for no classes of the whole picture.
 */
export function probabilitiesOf(
  logits: Float32Array,
  { head, reading }: Pick<Network, 'head' | 'reading'>,
): number[] | null {
  if (!hasProbabilities(reading.kind)) return null;
  return head === 'sigmoid' ? Array.from(logits, sigmoid) : softmax(logits);
}

function softmax(logits: Float32Array): number[] {
  const highest = logits.reduce((a, b) => Math.max(a, b));
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - highest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
