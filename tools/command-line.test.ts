import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from './command-line';

const read = (...line: string[]) => readArguments(line, { valued: ['out', 'seeds'], switches: ['fresh'] });

describe('a command line', () => {
  it('is words, values and switches', () => {
    const given = read('pictographs', '--out', 'a b', '--fresh', '--seeds', '3');
    expect(given.words).toEqual(['pictographs']);
    expect(given.value('out')).toBe('a b');
    expect(given.number('seeds')).toBe(3);
    expect(given.isSet('fresh')).toBe(true);
    expect(read().isSet('fresh')).toBe(false);
    expect(read().number('seeds')).toBeNull();
  });
  it('is refused in words', () => {
    expect(() => read('--fast')).toThrow(
      new UsageError('--fast is no option here; there are --out, --seeds, --fresh.'),
    );
    expect(() => read('--out')).toThrow('--out needs a value.');
    expect(() => read('--out', '--fresh')).toThrow('--out needs a value.');
    expect(() => read('--seeds', 'three').number('seeds')).toThrow(
      '--seeds must be a number above 0, not "three".',
    );
  });
});
