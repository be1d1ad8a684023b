import { expect } from 'vitest';
import { resizeBilinear, spatialEntropy } from '../../../src/semiotics';
import { type Analysis, floats } from '../../support/downloads';

/** Logits and Grad-CAM maps of one class, computed with PyTorch in float64. */
export interface OracleRun {
  class: number;
  logits: number[];
  layers: { name: string; size: number; maps: Record<string, string> }[];
}

/** Largest relative error that is the same number in another order of sums. */
const LIMIT = 1e-5;

/** The same in bits of entropy. A place whose value is at the border between two grey levels may be counted to either. */
const ENTROPY_LIMIT = 1e-4;

const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));

const entropyOf = (map: Float32Array, size: number) =>
  spatialEntropy(resizeBilinear(map, size, size, 112, 112), 112, 112, {
    measure: 'aura-matrix',
    levels: 256,
  });

/** Logits, maps and their entropies are those of PyTorch's to 1e-5 of their size; a map that is zero everywhere stays so. */
export function expectPyTorch(analysis: Analysis, run: OracleRun): void {
  expect(analysis.target.index).toBe(run.class);
  const largest = Math.max(...run.logits.map(Math.abs));
  for (const { index, logit } of analysis.predictions) {
    expect(Math.abs(logit - run.logits[index]) / largest, `logit ${index}`).toBeLessThan(LIMIT);
  }
  expect(analysis.layers.map(({ name }) => name)).toEqual(run.layers.map(({ name }) => name));
  for (const [i, { name, size, maps }] of run.layers.entries()) {
    const expected = floats(maps['grad-cam']);
    const { map, entropy } = analysis.layers[i];
    const actual = floats(map.float32);
    const whole = norm(expected);
    if (whole === 0) {
      expect(norm(actual), `${name} is zero everywhere`).toBe(0);
      continue;
    }
    const difference = norm(expected.map((value, k) => value - actual[k]));
    expect(difference / whole, name).toBeLessThan(LIMIT);
    const value = entropy.value ?? Number.NaN;
    expect(Math.abs(value - entropyOf(actual, size)), `entropy of ${name}`).toBeLessThan(1e-9);
    expect(Math.abs(value - entropyOf(expected, size)), `entropy of ${name}`).toBeLessThan(ENTROPY_LIMIT);
  }
}
