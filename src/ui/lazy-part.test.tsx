// @vitest-environment page
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { whenCodeIsMissing } from '../code/missing-code';
import { lazyPart } from './lazy-part';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

afterEach(() => {
  whenCodeIsMissing(() => {});
  vi.restoreAllMocks();
});

async function shown(load: Parameters<typeof lazyPart<{ of: string }>>[0]): Promise<HTMLElement> {
  const Part = lazyPart<{ of: string }>(load);
  const place = document.createElement('div');
  const root = createRoot(place, { onUncaughtError: () => {}, onCaughtError: () => {} });
  await act(async () => {
    root.render(
      <>
        <p>The rest.</p>
        <Part of="pears" />
      </>,
    );
  });
  return place;
}

it('is shown when its code is there', async () => {
  const place = await shown(async () => ({ of }) => <p>A part of {of}.</p>);
  expect(place.textContent).toBe('The rest.A part of pears.');
});

it('leaves the rest of the page where its code is missing', async () => {
  const explain = vi.fn();
  whenCodeIsMissing(explain);
  const place = await shown(() => Promise.reject(new TypeError('Importing a module script failed.')));
  expect(place.textContent).toBe('The rest.This part of the page could not be loaded.');
  expect(explain).toHaveBeenCalledTimes(1);
});

it('hides no mistake of its own', async () => {
  const load = async () => () => {
    throw new Error('pears is undefined');
  };
  await expect(shown(load)).rejects.toThrow('pears is undefined');
});
