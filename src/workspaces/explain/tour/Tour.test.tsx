// @vitest-environment jsdom
import '../../../ui/page-testing';

import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));

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
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.querySelector('#root') as Element);
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
