/** The values that are there: a picture without a number at a layer (NaN) is left out, not counted as zero. */
export const present = (values: Float64Array): Float64Array =>
  values.filter((value) => Number.isFinite(value));
