/** A source of reproducible random numbers for one aspect of one scene. */
export interface Dice {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [0, bound). */
  below(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/**
 * Dice for the given keys, such as seed, scene and aspect: xoshiro128** (Blackman and Vigna 2018), its state filled by hashing
 * the keys one after the other. Aspects with dice of their own stay the same when another aspect rolls more often, so that
 * a scene keeps its background whatever object stands in it.
 */
export function dice(...keys: readonly number[]): Dice {
  let hash = 0x811c9dc5;
  for (const key of keys) {
    hash = mix(hash ^ (key >>> 0));
    // Keys beyond 32 bits take part with their upper half.
    hash = mix(hash + Math.floor(key / 4294967296));
  }
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    hash = (hash + 0x9e3779b9) | 0;
    state[i] = mix(hash);
  }
  const word = (): number => {
    const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 11);
    return result;
  };
  const next = (): number => word() / 4294967296;
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    below: (bound) => Math.floor(next() * bound),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)],
  };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The finaliser of MurmurHash3 (Appleby): every bit of the word reaches every bit of the result. */
export function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
