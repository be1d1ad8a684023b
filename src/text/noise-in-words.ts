interface Measured {
  layers: readonly { value: number; null: { mean: number } | null }[];
}

const twoDigits = (value: number) => value.toFixed(2).replace('-', '−');

/** What noise shows that is measured at several sizes, the first to the last of `sides`. */
export function noiseInWords({ layers }: Measured, sides: readonly number[]): string {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const [large, small] = [sides[0], sides[sides.length - 1]].map((side) => `${side} × ${side}`);
  const sizes = `from ${twoDigits(first.value)} at ${large} to ${twoDigits(last.value)} at ${small}`;
  if (Math.abs(last.value - first.value) < 0.005)
    return `Noise stays ${sizes}: this measure does not depend on size here.`;
  const way = last.value < first.value ? 'falls' : 'rises';
  const nulls =
    first.null && last.null
      ? ` Its null ${way} with it, from ${twoDigits(first.null.mean)} to ${twoDigits(last.null.mean)}: nothing is left to explain.`
      : '';
  return `Noise ${way} ${sizes}, with nothing in it to aggregate.${nulls}`;
}
