import type { Score } from './score';

/** Classes that one is set against at most. */
const most = 3;

/** The classes whose logits lie nearest to that of one, the nearest first; of equally near ones that of the lower number. */
export function mostAlike(logits: ArrayLike<number>, index: number): number[] {
  return Array.from(logits, (logit, position) => ({ position, apart: Math.abs(logit - logits[index]) }))
    .filter(({ position }) => position !== index)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, most)
    .map(({ position }) => position);
}

/**
 * A class's logit minus the mean of some others, each weighed by its probability (Finer-CAM: Zhang et al. 2025, comparison strength 1).
 * The weights are part of what is differentiated, as in pytorch-grad-cam: with m = sum_d p_d l_d / sum_d p_d over the others, the
 * derivative by l_d is -(p_d / sum p) (1 + l_d - m).
 */
export function finerScore(node: number, index: number, others: readonly number[]): Score {
  return {
    node,
    value: (numbers) => numbers[index] - weighed(numbers, others).mean,
    gradient(numbers) {
      const { shares, mean } = weighed(numbers, others);
      const gradient = new Float32Array(numbers.length);
      gradient[index] = 1;
      others.forEach((position, i) => {
        gradient[position] -= shares[i] * (1 + numbers[position] - mean);
      });
      return gradient;
    },
    gradientAlong(numbers, tangents) {
      const { shares, mean } = weighed(numbers, others);
      const change = new Float32Array(numbers.length);
      const drift = others.reduce((sum, position, i) => sum + shares[i] * tangents[position], 0);
      const meanMoves = others.reduce(
        (sum, position, i) => sum + shares[i] * (1 + numbers[position] - mean) * tangents[position],
        0,
      );
      others.forEach((position, i) => {
        const shareMoves = shares[i] * (tangents[position] - drift);
        change[position] -=
          shareMoves * (1 + numbers[position] - mean) + shares[i] * (tangents[position] - meanMoves);
      });
      return change;
    },
  };
}

/** Probabilities of some classes among themselves, and the mean of their logits by these. */
function weighed(
  numbers: ArrayLike<number>,
  positions: readonly number[],
): { shares: number[]; mean: number } {
  const highest = positions.reduce((a, position) => Math.max(a, numbers[position]), Number.NEGATIVE_INFINITY);
  const powers = positions.map((position) => Math.exp(numbers[position] - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  const shares = powers.map((power) => power / sum);
  return { shares, mean: positions.reduce((a, position, i) => a + shares[i] * numbers[position], 0) };
}
