import { expect, it } from 'vitest';
import { correlationP, incompleteBeta } from './student-t';

it.each([
  [0.3, 10, 0.39969146875000017],
  [-0.45, 60, 0.0003092787369848298],
  [0.9, 25, 9.200044228411146e-10],
  [0.05, 1000, 0.11407259555107296],
  [0, 12, 1],
  [1, 12, 0],
])('a correlation of %d in %i pairs has the p of SciPy’s stats.t', (correlation, count, p) => {
  expect(correlationP(correlation, count)).toBeCloseTo(p, 12);
});

it('the incomplete beta function is SciPy’s special.betainc', () => {
  expect(incompleteBeta(0.7, 2.5, 0.5)).toBeCloseTo(0.2031106637200549, 12);
  expect(incompleteBeta(0.99, 30, 0.5)).toBeCloseTo(0.43933436890525074, 12);
  expect(incompleteBeta(0.25, 1, 1)).toBeCloseTo(0.25, 14);
});
