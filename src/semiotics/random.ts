/** A source of reproducible random numbers. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform integer in [0, bound), bound up to 2^32. */
  below(bound: number): number;
  /** Fills `into` with the next draws of 32 bits, of which `next` gives one as a share of 2^32; many at once are drawn faster. */
  fill(into: Uint32Array): void;
}

/**
 * Seeded generator sfc32 (Chris Doty-Humphrey, PractRand), passed through its first 15 values so that
 * neighbouring seeds part company. Equal seeds give equal sequences on every machine.
 */
export function seededRandom(seed: number): Random {
  let [a, b, c, counter] = [0x9e3779b9 | 0, 0x243f6a88 | 0, seed | 0, 1];
  const fill = (into: Uint32Array): void => {
    // In variables that stay in registers: each word of a closure's would be a number on the heap.
    let [x, y, z, n] = [a, b, c, counter];
    for (let i = 0; i < into.length; i++) {
      const sum = (((x + y) | 0) + n) | 0;
      n = (n + 1) | 0;
      x = y ^ (y >>> 9);
      y = (z + (z << 3)) | 0;
      z = (((z << 21) | (z >>> 11)) + sum) | 0;
      into[i] = sum;
    }
    [a, b, c, counter] = [x, y, z, n];
  };
  const one = new Uint32Array(1);
  const next = (): number => {
    fill(one);
    return one[0] / 4294967296;
  };
  fill(new Uint32Array(15));
  return { next, below: (bound) => Math.floor(next() * bound), fill };
}

/** Shuffles `values` in place, every order equally likely (Fisher and Yates, in Durstenfeld's form). */
export function shuffle(values: Float32Array, random: Random): void {
  const draws = new Uint32Array(Math.max(0, values.length - 1));
  random.fill(draws);
  for (let i = draws.length; i > 0; i--) {
    const j = Math.floor((draws[draws.length - i] / 4294967296) * (i + 1));
    const held = values[i];
    values[i] = values[j];
    values[j] = held;
  }
}
