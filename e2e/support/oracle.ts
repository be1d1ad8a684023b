import { expect } from '@playwright/test';
import { type Analysis, floats } from './downloads';

/** Logits and Grad-CAM maps of one class, computed with PyTorch in float64. */
export interface OracleRun {
  class: number;
  logits: number[];
  layers: { name: string; size: number; maps: Record<string, string> }[];
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Logits to 1e-4, maps to a relative L2 error of 1e-3; a map that is zero everywhere stays so. */
export function expectOracle(analysis: Analysis, run: OracleRun): void {
  expect(analysis.target.index).toBe(run.class);
  for (const { index, logit } of analysis.predictions) {
    expect(Math.abs(logit - run.logits[index]), `logit ${index}`).toBeLessThan(1e-4);
  }
  expect(analysis.layers.map(({ name }) => name)).toEqual(run.layers.map(({ name }) => name));
  for (const [i, { name, maps }] of run.layers.entries()) {
    const expected = floats(maps['grad-cam']);
    const actual = floats(analysis.layers[i].map.float32);
    expect(actual.length, name).toBe(expected.length);
    const size = norm(expected);
    const difference = norm(expected.map((value, k) => value - actual[k]));
    if (size === 0) expect(norm(actual), `${name} is zero everywhere`).toBe(0);
    else expect(difference / size, name).toBeLessThan(1e-3);
  }
}
