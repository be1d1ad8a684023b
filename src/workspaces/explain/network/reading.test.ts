import { describe, expect, it } from 'vitest';
import type { ExplainState } from '../../../state/explain-store';
import { countsInWords, readingAt } from '../view-model';

const layer = (outcome: 'evidence' | 'none') => ({ outcome });
const measured = (value: number, mean: number) => ({ value, null: { mean, sd: 0.01 } });

const state = {
  analysis: { layers: [layer('evidence'), layer('evidence'), layer('none')] },
  measurement: { layers: [measured(0.6, 0.8), measured(0.4, 0.5), measured(0, 0)] },
  signs: { layers: [40, 10, 0].map((count) => ({ signs: Array.from({ length: count }) })) },
  nullSigns: [{ mean: 200, sd: 8 }, { mean: 100, sd: 4 }, null],
} as unknown as ExplainState;

describe('the counter', () => {
  it("reads a layer's numbers at the layer", () => {
    expect(countsInWords(readingAt(state, 1))).toEqual({
      signs: '10',
      nullSigns: 'null 100 ± 4',
      entropy: '0.40',
      nullEntropy: 'null 0.50',
    });
  });

  it('reads between two layers what lies on the straight line', () => {
    const { signs, nullSigns, entropy, nullEntropy } = readingAt(state, 0.25);
    expect([signs, nullSigns?.mean, nullSigns?.sd]).toEqual([32.5, 175, 7]);
    expect(entropy).toBeCloseTo(0.55, 12);
    expect(nullEntropy).toBeCloseTo(0.725, 12);
  });

  it('reads nothing where a layer has none', () => {
    expect(countsInWords(readingAt(state, 1.5))).toEqual({
      signs: '5',
      nullSigns: 'null –',
      entropy: '–',
      nullEntropy: 'null –',
    });
    expect(countsInWords(readingAt(state, 11)).entropy, 'of another picture').toBe('–');
    const waiting = { ...state, measurement: null, signs: null, nullSigns: null };
    expect(countsInWords(readingAt(waiting, 0)).signs).toBe('–');
  });
});
