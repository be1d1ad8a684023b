import { say } from './say';

interface Measured {
  layers: readonly { value: number; null: { mean: number } | null }[];
}

const twoDigits = (value: number) => value.toFixed(2).replace('-', '−');

/** What noise shows that is measured at several sizes, the first to the last of `sides`. */
export function noiseInWords({ layers }: Measured, sides: readonly number[]): string {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const [large, small] = [sides[0], sides[sides.length - 1]].map((side) => `${side} × ${side}`);
  const words = {
    from: twoDigits(first.value),
    large,
    to: twoDigits(last.value),
    small,
  };
  if (Math.abs(last.value - first.value) < 0.005) {
    return say(
      'Noise stays from {from} at {large} to {to} at {small}: this measure does not depend on size here.',
      words,
    );
  }
  const falls = last.value < first.value;
  const sentence = falls
    ? say('Noise falls from {from} at {large} to {to} at {small}, with nothing in it to aggregate.', words)
    : say('Noise rises from {from} at {large} to {to} at {small}, with nothing in it to aggregate.', words);
  if (!first.null || !last.null) return sentence;
  const nulls = { from: twoDigits(first.null.mean), to: twoDigits(last.null.mean) };
  return `${sentence}${
    falls
      ? say(' Its null falls with it, from {from} to {to}: nothing is left to explain.', nulls)
      : say(' Its null rises with it, from {from} to {to}: nothing is left to explain.', nulls)
  }`;
}
