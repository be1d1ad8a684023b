import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AltieriEntropy, ENTROPY_MEASURES, entropyOfLevels } from '..';

interface OracleCase {
  name: string;
  levels: number[][];
  neighbourhood: 4 | 8;
  leiboviciDistance: number;
  partition: number;
  expected: Record<string, number | AltieriEntropy>;
}

/** Values from an independent implementation, itself checked against landscapemetrics and scikit-image. */
const path = resolve(import.meta.dirname, '../../../../shared/oracles/entropy.json');
const present = existsSync(path);
const cases: OracleCase[] = present ? JSON.parse(readFileSync(path, 'utf8')).cases : [];

/** The oracle prints 9 decimals. */
const TOLERANCE = 1e-9;

describe.skipIf(!present)(
  `every measure against the oracle${present ? '' : ' (skipped: ../shared/oracles/entropy.json is not beside this checkout)'}`,
  () => {
    test('has all the measures in every case', () => {
      expect(cases.length).toBeGreaterThan(0);
      for (const { expected } of cases) {
        expect(Object.keys(expected).sort()).toEqual(ENTROPY_MEASURES.map(({ id }) => id).sort());
      }
    });

    for (const { name, levels, neighbourhood, leiboviciDistance, partition, expected } of cases) {
      test.each(ENTROPY_MEASURES)(`${name}, N${neighbourhood}: $id`, ({ id }) => {
        const value = entropyOfLevels(Uint8Array.from(levels.flat()), levels[0].length, levels.length, {
          measure: id,
          neighbourhood,
          distance: leiboviciDistance,
          partition,
        });
        const near = (own: number, right: number) =>
          expect(Math.abs(own - right)).toBeLessThanOrEqual(TOLERANCE);
        const right = expected[id];
        if (typeof right === 'number') near(value as number, right);
        else {
          near((value as AltieriEntropy).mutual, right.mutual);
          near((value as AltieriEntropy).residual, right.residual);
        }
      });
    }
  },
);
