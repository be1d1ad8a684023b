/** A full turn in radians. */
export const TURN = 2 * Math.PI;

/**
 * The sine by its Taylor series, from additions and multiplications alone: `Math.sin` may differ in its last bit from engine
 * to engine, and a scene must be the same picture everywhere. Good to 1e-14 for the angles a drawing uses.
 */
export function sine(angle: number): number {
  let x = angle - TURN * Math.round(angle / TURN);
  // Into [-90, 90] degrees, where eleven terms are enough.
  if (x > Math.PI / 2) x = Math.PI - x;
  else if (x < -Math.PI / 2) x = -Math.PI - x;
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 2; n <= 22; n += 2) {
    term *= -square / (n * (n + 1));
    sum += term;
  }
  return sum;
}

export function cosine(angle: number): number {
  return sine(angle + Math.PI / 2);
}
