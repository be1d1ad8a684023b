/** Several series over the same pictures, without their gaps. */
export interface Filled {
  /** What there is to sum: each series with zeros where values are missing, then who has a value, once for all that agree. */
  readonly vectors: Float64Array[];
  /** By series: how many values are there. */
  readonly counts: number[];
  /** By series: the place among the vectors of who has a value (ones and zeros); null where all have. */
  readonly masks: (number | null)[];
}

/** Takes missing values (NaN) for zeros, and tells where they were. @throws RangeError for series of several lengths */
export function withoutGaps(series: readonly Float64Array[]): Filled {
  const pictures = series[0]?.length ?? 0;
  if (series.some(({ length }) => length !== pictures)) {
    throw new RangeError('Series over the same pictures are equally long.');
  }
  const counts = series.map(countOf);
  const vectors = series.map((values, i) => (counts[i] === pictures ? values : zerosForGaps(values)));
  /** Series with a mask of their own, and where it lies. */
  const known: { values: Float64Array; at: number }[] = [];
  const masks = series.map((values, i) => {
    if (counts[i] === pictures) return null;
    const same = known.find((each) => haveSameGaps(each.values, values));
    if (same) return same.at;
    const at = vectors.push(Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1))) - 1;
    known.push({ values, at });
    return at;
  });
  return { vectors, counts, masks };
}

function countOf(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) count += 1;
  return count;
}

const zerosForGaps = (values: Float64Array) => values.map((value) => (Number.isNaN(value) ? 0 : value));

function haveSameGaps(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (Number.isNaN(a[i]) !== Number.isNaN(b[i])) return false;
  return true;
}
