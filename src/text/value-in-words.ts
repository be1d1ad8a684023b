/** Two digits of interest: "94.1 %", "0.03 %", "< 0.01 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return '< 0.01 %';
  return `${value.toFixed(value < 0.1 ? 2 : 1)} %`;
}

/**
 * A number that has no unit, to so many digits of interest: "31.20", "−0.01234", "1.235e+7". Digits before the point are
 * never left out for want of it.
 */
export function numberInWords(value: number, digits = 4): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const whole = Math.floor(Math.log10(size)) + 1;
  const isPlain = size < 1e6 && size >= 1e-4;
  const text = isPlain ? value.toPrecision(Math.max(digits, whole)) : value.toExponential(digits - 1);
  return text.replaceAll('-', '\u2212');
}
