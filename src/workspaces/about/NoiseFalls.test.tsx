// @vitest-environment page
import '../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../ui/root-testing';

vi.mock('../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../engine/measure/measure-testing');
  return { demonstrations: measuresHere };
});

const { NoiseFalls } = await import('./NoiseFalls');

let root: Root;

beforeAll(async () => {
  root = rootOfEmptyPage();
  await act(async () => root.render(<NoiseFalls />));
});
afterAll(() => act(async () => root.unmount()));

async function set(label: string, value: string): Promise<void> {
  const field = document.querySelector(`[aria-label="${label}"]`) as HTMLInputElement | HTMLSelectElement;
  const prototype =
    field instanceof HTMLSelectElement ? HTMLSelectElement.prototype : HTMLInputElement.prototype;
  await act(async () => {
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
    field.dispatchEvent(
      new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }),
    );
  });
}

const pick = (what: string, value: string) => set(`${what} of the demonstration`, value);
const number = (text: string) => Number(text.replace('−', '-'));

/** Entropy of noise and its null by size, once all are measured. */
async function measuredNoise(): Promise<{ value: number; mean: number; sd: number }[]> {
  const rows = () =>
    [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map(({ textContent }) => textContent ?? ''),
    );
  await vi.waitFor(
    async () => {
      await act(async () => {});
      expect(rows().flat()).not.toContain('…');
    },
    { timeout: 60_000 },
  );
  return rows().map(([value, nulls]) => {
    const [mean, sd] = nulls.split(' ± ').map(number);
    return { value: number(value), mean, sd };
  });
}

/** Independent means: SEMIOTICS' table of noise, and by how much a single map may differ from it. */
const expected = {
  256: [0.68, 0.45, 0.23, 0.06, -0.03],
  16: [1.0, 0.99, 0.93, 0.75, 0.38],
};
const spread = [0.01, 0.01, 0.02, 0.04, 0.08];

describe('the demonstration of noise', () => {
  it('falls with size, as it is known to, and its null falls with it', async () => {
    for (const levels of [256, 16] as const) {
      await pick('Levels', String(levels));
      for (const seed of [1, 7, 42]) {
        await set('Seed of the noise', String(seed));
        const rows = await measuredNoise();
        expect(rows).toHaveLength(5);
        rows.forEach(({ value, mean, sd }, i) => {
          expect(Math.abs(value - expected[levels][i]), `${levels} levels, size ${i}`).toBeLessThan(
            spread[i],
          );
          expect(Math.abs(value - mean)).toBeLessThanOrEqual(4 * sd + 0.002);
          if (i > 0) expect(value).toBeLessThan(rows[i - 1].value);
        });
      }
    }
    expect(document.body.textContent).toMatch(/Noise falls from 1\.00 at 112 × 112 to 0\.\d\d at 7 × 7/);
  });

  it('of another seed is other noise; grid and measure change what is measured', async () => {
    await pick('Levels', '256');
    await set('Seed of the noise', '1');
    const first = await measuredNoise();
    await set('Seed of the noise', '2');
    expect((await measuredNoise())[4].value).not.toBe(first[4].value);
    await pick('Grid', 'input');
    const smooth = await measuredNoise();
    expect(smooth[4].value).toBeLessThan(smooth[0].value);
    smooth.forEach(({ value, mean, sd }, i) => {
      expect(Math.abs(value - first[i].value)).toBeGreaterThan(0.05);
      expect(Math.abs(value - mean)).toBeLessThanOrEqual(5 * sd + 0.002);
    });
    await pick('Grid', 'native');
    await pick('Measure', 'mass');
    const mass = await measuredNoise();
    // Mass is blind to arrangement: shuffling changes nothing, and n pixels of even noise have about log2 n bits.
    mass.forEach(({ value, mean }, i) => {
      expect(mean).toBeCloseTo(value, 2);
      const bits = Math.log2([112, 56, 28, 14, 7][i] ** 2);
      expect(value).toBeLessThan(bits);
      // Uniform noise in [0, 1): log2 n less log2(e)/2 + log2(1/2)... = 1 - log2(e) / 2 bits in the limit.
      expect(bits - value).toBeCloseTo(0.279, 0);
    });
    expect(document.querySelector('svg[aria-label="Entropy of noise by size"]')?.textContent).toContain(
      'bits',
    );
  });
});
