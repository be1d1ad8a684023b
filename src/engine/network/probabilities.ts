import type { Head } from './network';

/** Probabilities of the classes, in float64, by what turned logits into them at the end of the file. */
export function probabilitiesOf(logits: Float32Array, head: Head): number[] {
  return head === 'sigmoid' ? Array.from(logits, sigmoid) : softmax(logits);
}

function softmax(logits: Float32Array): number[] {
  const highest = logits.reduce((a, b) => Math.max(a, b));
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - highest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
