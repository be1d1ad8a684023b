import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { finerScore, mostAlike } from './finer-score';

/** By `fixtures/finer.py`. */
const references: {
  index: number;
  logits: number[];
  tangents: number[];
  others: number[];
  value: number;
  gradient: number[];
  along: number[];
}[] = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/finer.json'), 'utf8'));

it.each(references)(
  'a class against those most like it is pytorch-grad-cam’s: $index of $logits',
  (reference) => {
    const { index, logits, tangents, others } = reference;
    expect(mostAlike(logits, index)).toEqual(others);
    const score = finerScore(0, index, others);
    expect(Math.abs(score.value(logits) - reference.value)).toBeLessThan(1e-7);
    const close = (found: ArrayLike<number> | undefined, expected: readonly number[]) => {
      expect(found).toHaveLength(expected.length);
      expected.forEach((value, i) => {
        expect(Math.abs((found?.[i] ?? Number.NaN) - value)).toBeLessThan(1e-6);
      });
    };
    close(score.gradient(logits), reference.gradient);
    close(score.gradientAlong?.(logits, tangents), reference.along);
  },
);
