/** A number that is made of what one node yields: what is explained, as a function and with its gradient. */
export interface Score {
  /** The node whose output it reads, for one picture without the batch. */
  readonly node: number;
  value(numbers: ArrayLike<number>): number;
  /** The derivative by every number, in their order. */
  gradient(numbers: ArrayLike<number>): Float32Array;
  /** How the gradient changes as the numbers move along tangents; left out where it stays. */
  gradientAlong?(numbers: ArrayLike<number>, tangents: ArrayLike<number>): Float32Array;
}

/** One number of a node's output and the factor it enters a sum with. */
export interface Term {
  readonly position: number;
  readonly factor: number;
}

/** A weighted sum of some of the numbers, and of a constant. */
export function weightedScore(node: number, terms: readonly Term[], constant = 0): Score {
  return {
    node,
    value: (numbers) =>
      terms.reduce((sum, { position, factor }) => sum + factor * numbers[position], constant),
    gradient(numbers) {
      const gradient = new Float32Array(numbers.length);
      for (const { position, factor } of terms) gradient[position] += factor;
      return gradient;
    },
  };
}

/** One of the numbers: a class's logit. */
export const numberScore = (node: number, position: number): Score =>
  weightedScore(node, [{ position, factor: 1 }]);

/** Two of the numbers, multiplied. */
export const productScore = (node: number, first: number, second: number): Score => ({
  node,
  value: (numbers) => numbers[first] * numbers[second],
  gradient(numbers) {
    const gradient = new Float32Array(numbers.length);
    gradient[first] += numbers[second];
    gradient[second] += numbers[first];
    return gradient;
  },
  gradientAlong(numbers, tangents) {
    const change = new Float32Array(numbers.length);
    change[first] += tangents[second];
    change[second] += tangents[first];
    return change;
  },
});

/** Logarithms are of no less than this: of what is not above 0 there is none. */
const LEAST = 1e-6;

/** The natural logarithm of a score; where that is less than a millionth, the logarithm of a millionth. */
export const logarithmOf = (score: Score): Score => ({
  node: score.node,
  value: (numbers) => Math.log(Math.max(LEAST, score.value(numbers))),
  gradient(numbers) {
    const value = score.value(numbers);
    if (!(value > LEAST)) return new Float32Array(numbers.length);
    return score.gradient(numbers).map((slope) => slope / value);
  },
  gradientAlong(numbers, tangents) {
    const value = score.value(numbers);
    if (!(value > LEAST)) return new Float32Array(numbers.length);
    const gradient = score.gradient(numbers);
    const moved = product(gradient, tangents) / value;
    const change = score.gradientAlong?.(numbers, tangents);
    return gradient.map((slope, i) => ((change?.[i] ?? 0) - slope * moved) / value);
  },
});

/** Scores of one node, added up. */
export const sumOf = (first: Score, ...others: readonly Score[]): Score => ({
  node: first.node,
  value: (numbers) => others.reduce((sum, score) => sum + score.value(numbers), first.value(numbers)),
  gradient(numbers) {
    const gradient = first.gradient(numbers);
    for (const score of others) add(gradient, score.gradient(numbers));
    return gradient;
  },
  gradientAlong(numbers, tangents) {
    const change = new Float32Array(numbers.length);
    for (const score of [first, ...others]) {
      const own = score.gradientAlong?.(numbers, tangents);
      if (own) add(change, own);
    }
    return change;
  },
});

function add(sum: Float32Array, more: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += more[i];
}

/** The cosine of the angle between a node's output and another vector; 0 where one of them has no length. */
export function cosineScore(node: number, other: ArrayLike<number>): Score {
  const length = Math.sqrt(product(other, other));
  const cosine = (numbers: ArrayLike<number>) => {
    const own = Math.sqrt(product(numbers, numbers));
    return own === 0 || length === 0 ? 0 : product(numbers, other) / (own * length);
  };
  return {
    node,
    value: cosine,
    gradient(numbers) {
      const squared = product(numbers, numbers);
      if (squared === 0 || length === 0) return new Float32Array(numbers.length);
      const value = cosine(numbers);
      const scale = 1 / (Math.sqrt(squared) * length);
      return Float32Array.from(numbers, (own, i) => scale * other[i] - (value * own) / squared);
    },
    gradientAlong(numbers, tangents) {
      const squared = product(numbers, numbers);
      if (squared === 0 || length === 0) return new Float32Array(numbers.length);
      const value = cosine(numbers);
      const scale = 1 / (Math.sqrt(squared) * length);
      const along = product(numbers, tangents) / squared;
      const moved = scale * product(other, tangents) - value * along;
      return Float32Array.from(
        numbers,
        (own, i) =>
          -scale * along * other[i] - (moved * own + value * tangents[i] - 2 * value * along * own) / squared,
      );
    },
  };
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
