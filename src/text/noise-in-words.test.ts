import { expect, it } from 'vitest';
import { noiseInWords } from './noise-in-words';

const layer = (value: number, mean: number | null) => ({ value, null: mean === null ? null : { mean } });

it('says which way noise goes with size, and that its null goes with it once that is known', () => {
  expect(noiseInWords({ layers: [layer(0.681, null), layer(-0.006, null)] }, [112, 7])).toBe(
    'Noise falls from 0.68 at 112 × 112 to −0.01 at 7 × 7, with nothing in it to aggregate.',
  );
  expect(noiseInWords({ layers: [layer(1, 1.1), layer(2, 2.1)] }, [56, 28])).toBe(
    'Noise rises from 1.00 at 56 × 56 to 2.00 at 28 × 28, with nothing in it to aggregate. Its null rises with it, from 1.10 to 2.10: nothing is left to explain.',
  );
  expect(noiseInWords({ layers: [layer(1, 1), layer(1.004, 1)] }, [56, 28])).toBe(
    'Noise stays from 1.00 at 56 × 56 to 1.00 at 28 × 28: this measure does not depend on size here.',
  );
});
