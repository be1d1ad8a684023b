// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

/** The regions that were marked. */
const marked = vi.hoisted(() => [] as (string | undefined)[]);
vi.mock('../explain-controller', () => ({
  change: ({ within }: { within?: string }) => void marked.push(within),
}));

const { RegionMarker } = await import('./RegionMarker');

let root: Root;
const surface = () => document.querySelector('button') as HTMLButtonElement;

async function mark(way: 'box' | 'lasso') {
  await act(async () => root.render(<RegionMarker way={way} width={200} height={100} onEnd={() => {}} />));
  Object.assign(surface(), { setPointerCapture() {} });
  surface().getBoundingClientRect = () => new DOMRect(0, 0, 200, 100);
}
beforeEach(() => {
  marked.length = 0;
  root = rootOfEmptyPage();
});
afterEach(() => act(async () => root.unmount()));

/** A pointer that goes down at the first place, over the others, and up at the last. */
const stroke = (...places: [number, number][]) =>
  act(async () => {
    const send = (type: string, [clientX, clientY]: [number, number]) =>
      surface().dispatchEvent(new MouseEvent(type, { clientX, clientY, bubbles: true }));
    send('pointerdown', places[0]);
    for (const place of places.slice(1)) send('pointermove', place);
    send('pointerup', places[places.length - 1]);
  });

it('a drag marks a box', async () => {
  await mark('box');
  await stroke([20, 10], [60, 30], [160, 90]);
  expect(marked).toEqual(['0.1,0.1,0.8,0.9']);
});

it('two clicks mark a box, for who cannot drag; a drag in between is one of its own', async () => {
  await mark('box');
  await stroke([160, 90]);
  expect(marked).toEqual([]);
  await stroke([20, 10], [21, 10]);
  expect(marked).toEqual(['0.105,0.1,0.8,0.9']);
  await stroke([20, 10]);
  await stroke([100, 50], [180, 80]);
  expect(marked[1]).toBe('0.5,0.5,0.9,0.8');
  await stroke([20, 10]);
  await stroke([40, 20]);
  expect(marked[2]).toBe('0.1,0.1,0.2,0.2');
});

it('Escape forgets the first corner', async () => {
  await mark('box');
  await stroke([20, 10]);
  await act(
    async () => void surface().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  );
  await stroke([40, 20]);
  expect(marked).toEqual([]);
});

it('a click marks nothing with the lasso', async () => {
  await mark('lasso');
  await stroke([20, 10]);
  await stroke([40, 20]);
  expect(marked).toEqual([]);
  await stroke([20, 10], [160, 10], [160, 90]);
  expect(marked).toEqual(['0.1,0.1;0.8,0.1;0.8,0.9']);
});
