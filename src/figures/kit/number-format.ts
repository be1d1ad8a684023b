import { say } from '../../text/say';
import type { MeasureLabel } from './figure-types';

const MINUS = '−';

/** An entropy value as printed beside a point: two decimals. */
export function formatEntropy(value: number): string {
  // -0.004 must not read as a negative zero.
  const text = Math.abs(value) < 0.005 ? '0.00' : value.toFixed(2);
  return text.replace('-', MINUS);
}

/**
 * A value to so many decimals, and to more where these would put it on the other side of one of the limits that it is judged
 * by: 0.0498 against 0.05 is "0.0498", not "0.05".
 */
export function fixedBeside(value: number, digits: number, limits: readonly number[]): string {
  const sideOf = (number: number) => limits.map((limit) => number < limit).join();
  for (let more = digits; more < 20; more++) {
    const text = value.toFixed(more);
    if (sideOf(Number(text)) === sideOf(value)) return text;
  }
  return String(value);
}

/** A saliency value: two significant digits, with an exponent where zeros would hide the digits. */
export function formatSaliency(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size < 0.001 || size >= 10_000
      ? value.toExponential(1).replace('+', '')
      : size >= 100
        ? value.toFixed(0)
        : value.toPrecision(2);
  return text.replaceAll('-', MINUS);
}

/** "28²" for a square layer, "28 × 20" (width by height) for another. */
export function formatSize(width: number, height: number): string {
  return width === height ? `${width}²` : `${width} × ${height}`;
}

/** "Aura matrix entropy" or "Shannon entropy, bits". */
export function formatMeasure(measure: MeasureLabel): string {
  return measure.unit === 'bits' ? say('{name}, bits', { name: measure.name }) : measure.name;
}
