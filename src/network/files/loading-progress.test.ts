import { expect, it } from 'vitest';
import { loadingProgress } from './loading-progress';

/** What is told of `total` bytes that come in chunks of 64 kB. */
function told(total: number, isKnown: boolean) {
  const texts: string[] = [];
  const onBytes = loadingProgress(({ text, fraction }) => texts.push(`${text}: ${fraction}`));
  for (let read = 65_536; read < total; read += 65_536) onBytes(read, isKnown ? total : null);
  onBytes(total, isKnown ? total : null);
  return texts;
}

it('every hundredth of a large file is told of, its start and its end among them', () => {
  const texts = told(553.4e6, true);
  expect(texts.length).toBeLessThanOrEqual(101);
  expect(texts.length).toBeGreaterThan(95);
  expect(texts[0]).toMatch(/^Loading the network, 0\.1 of 553\.4 MB: 0\.0001/);
  expect(texts.at(-1)).toBe('Loading the network, 553.4 of 553.4 MB: 1');
});

it('every megabyte is where the size is not known', () => {
  const texts = told(10e6, false);
  expect(texts.length).toBeGreaterThan(8);
  expect(texts.length).toBeLessThan(12);
  expect(texts[0]).toBe('Loading the network, 0.1 MB: null');
});
