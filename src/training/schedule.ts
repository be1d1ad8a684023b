import type { Recipe } from './training-methods';

/** Shares of the largest rate at which a one-cycle schedule begins and ends, and of the steps that it climbs. */
const oneCycle = { begin: 1 / 25, end: 1 / 25 / 1e4, climb: 0.3 } as const;

/**
 * Learning rate of a step, from 0, among `steps`. One-cycle as PyTorch's `OneCycleLR`: from 1/25 of the largest rate up by half a
 * cosine over 30 % of the steps, then down by another half to a ten-thousandth of where it began (Smith and Topin 2018).
 */
export function learningRateAt(
  { schedule, learningRate }: Pick<Recipe, 'schedule' | 'learningRate'>,
  step: number,
  steps: number,
): number {
  if (schedule === 'constant') return learningRate;
  const summit = oneCycle.climb * steps - 1;
  const last = steps - 1;
  if (step <= summit) return learningRate * cosine(oneCycle.begin, 1, summit > 0 ? step / summit : 1);
  return learningRate * cosine(1, oneCycle.end, Math.min(1, (step - summit) / Math.max(1e-9, last - summit)));
}

const cosine = (from: number, to: number, share: number) =>
  to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));
