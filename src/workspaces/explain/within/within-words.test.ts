import { expect, it } from 'vitest';
import { withinInWords } from './within-view';

const layer = (name: string, share: number | null, mean = 0.2) => ({
  ...{ name, share },
  null: share === null ? null : { mean, low: 0.1, high: 0.3 },
});
const read = (first: number | null, ...layers: ReturnType<typeof layer>[]) =>
  withinInWords({ selected: null, first, layers });

it('names the first layer above chance with its share and that of chance, and says where there is none', () => {
  expect(read(1, layer('a', 0.1), layer('b', 0.455), layer('c', 0.9))).toBe(
    'b is the first that holds more inside than chance: 45.5 %, moved about 20.0 % on average.',
  );
  expect(read(null, layer('a', 0.1))).toBe(
    'No layer holds more of its evidence inside than the same region moved about.',
  );
  expect(read(null, layer('a', null))).toBeNull();
});
