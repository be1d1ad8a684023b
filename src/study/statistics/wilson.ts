/** Two-sided 95 % point of the normal distribution. */
const z = 1.959963984540054;

export interface Share {
  /** 0 .. 1; NaN of nothing. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly of: number;
}

/** A share with its 95 % interval (Wilson 1927), which holds near 0 and 1 and for few cases too. */
export function wilsonShare(cases: number, of: number): Share {
  const share = cases / of;
  const centre = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  // At the ends the interval reaches them, which rounding would miss by a hair.
  return {
    share,
    low: cases === 0 ? 0 : Math.max(0, centre - half),
    high: cases === of ? 1 : Math.min(1, centre + half),
    of,
  };
}
