// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../../engine/measure/measure-testing');
  return { engine: {}, measures: {}, signFinder: {}, demonstrations: measuresHere };
});

const { useExplain } = await import('../../../state/explain-store');
const { analysed } = await import('../explain-testing');
const { Tour } = await import('./Tour');
const { tourSteps } = await import('./tour-steps');

const start = await analysed();
const named = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const press = (name: string) => act(async () => named(name)?.click());
const at = () => useExplain.getState().settings.tour;

let root: Root;

afterEach(() => act(async () => root.unmount()));

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => {};
  useExplain.setState({ ...start, settings: { ...useExplain.getState().settings, tour: 1 } });
  root = rootOfEmptyPage();
  await act(async () => root.render(<Tour />));
});

it('is walked to its end and back, its heading in focus at every step', async () => {
  for (const [i, { title }] of tourSteps.entries()) {
    expect(at()).toBe(i + 1);
    expect(document.activeElement?.textContent).toBe(title);
    await press('Next');
  }
  expect(named('Next')).toBeUndefined();
  await press('Back');
  expect(at()).toBe(tourSteps.length - 1);
});

it('ends by its button and by Escape', async () => {
  await press('Skip the tour');
  expect(at()).toBe(0);
  expect(document.querySelector('section')).toBeNull();
  await act(async () => useExplain.setState({ settings: { ...useExplain.getState().settings, tour: 3 } }));
  await act(async () => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })));
  expect(at()).toBe(0);
});

it('measures noise in its step on entropy, as the maps on screen are measured', async () => {
  const settings = {
    ...useExplain.getState().settings,
    grid: 'native' as const,
    levels: 16 as const,
    tour: 5,
  };
  await act(async () => useExplain.setState({ settings }));
  const said = () => document.querySelector('section [aria-live]')?.textContent ?? '';
  await vi.waitFor(
    async () => {
      await act(async () => {});
      expect(said()).toContain('nothing is left to explain');
    },
    { timeout: 60_000 },
  );
  const [, from, to] = /^Noise falls from (\d\.\d+) at 112 × 112 to (\d\.\d+) at 7 × 7/.exec(said()) ?? [];
  // Means over many maps by an independent implementation in NumPy.
  expect(Math.abs(Number(from) - 0.997)).toBeLessThan(0.02);
  expect(Math.abs(Number(to) - 0.394)).toBeLessThan(0.12);
  expect(document.querySelector('section svg')?.getAttribute('aria-label')).toBe('Entropy of noise by size');
});
