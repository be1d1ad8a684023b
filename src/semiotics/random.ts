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
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let counter = 1;
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) word();
  return {
    next: () => word() / 4294967296,
    below: (bound) => Math.floor((word() / 4294967296) * bound),
    fill(into) {
      // The same steps as in `word`, on variables that stay in registers.
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
    },
  };
}

/** Room for the draws of a shuffle. */
const drawn = new Uint32Array(4096);

/** Shuffles `values` in place, every order equally likely (Fisher and Yates, in Durstenfeld's form). */
export function shuffle(values: Float32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; ) {
    const draws = drawn.subarray(0, Math.min(i, drawn.length));
    random.fill(draws);
    for (let k = 0; k < draws.length; k++, i--) {
      const j = Math.floor((draws[k] / 4294967296) * (i + 1));
      const held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }
}
