/**
 * Vectors of one length, four by four: element 4 i + k of each result is element i of vector k of its four. What is done for every
 * picture is then done for four series at once, whose numbers lie side by side. The last four is filled up with zeros.
 */
export function inFours(vectors: readonly Float64Array[]): Float64Array[] {
  const length = vectors[0]?.length ?? 0;
  return Array.from({ length: Math.ceil(vectors.length / 4) }, (_, four) => {
    const together = new Float64Array(4 * length);
    vectors.slice(4 * four, 4 * four + 4).forEach((vector, k) => {
      for (let i = 0; i < length; i++) together[4 * i + k] = vector[i];
    });
    return together;
  });
}
