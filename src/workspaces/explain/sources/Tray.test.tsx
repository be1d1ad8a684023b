// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useExplain } from '../../../state/explain-store';
import { useTray } from '../../../state/tray-store';
import { rootOfEmptyPage } from '../../../ui/root-testing';

const opened = vi.hoisted(() => ({ names: [] as string[], hold: null as Promise<void> | null }));
vi.mock('../files/open-picture', async () => {
  const { useExplain } = await import('../../../state/explain-store');
  return {
    openPicture: async ({ path, blob }: { path: string; blob: Blob }) => {
      opened.names.push(path);
      await opened.hold;
      useExplain.setState({ picture: { name: path, file: blob, source: '' } as never });
      return true;
    },
  };
});
const ahead = vi.hoisted(() => [] as string[]);
vi.mock('../picture/picture-source', () => ({
  readAhead: (file: Blob, { id }: { id: string }) => void ahead.push(`${file.size} for ${id}`),
}));
vi.mock('./keep-tray', () => ({ keepTray: async () => null, trayBeforeReload: async () => [] }));
vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no pictures here')));

const { Tray } = await import('./Tray');
const { layIntoTray, mostInTray, reach } = await import('./tray');

let root: Root;
const empty = { pictures: [], aimed: null, awaited: false, notKept: null };

beforeEach(async () => {
  useTray.setState(empty);
  useExplain.setState({ picture: null });
  opened.names = [];
  opened.hold = null;
  root = rootOfEmptyPage('<input id="field">');
  await act(async () => root.render(<Tray />));
});
afterEach(() => act(async () => root.unmount()));

const lay = (...names: string[]) =>
  act(async () => {
    const [first] = layIntoTray(names.map((path) => ({ path, blob: new Blob([path]) })));
    await reach(first);
  });
const radios = () => [...document.querySelectorAll<HTMLElement>('[role="radio"]')];
const checked = () =>
  radios().flatMap((each) =>
    each.getAttribute('aria-checked') === 'true' ? [each.getAttribute('aria-label')] : [],
  );
const press = (key: string, on: Element = document.body) =>
  act(async () => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
const click = (name: string) =>
  act(async () =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click(),
  );

it('is walked by brackets and by the arrows of its strip, and stays at its ends', async () => {
  await lay('a.png', 'b.png', 'c.png');
  expect(checked()).toEqual(['a.png, 1 of 3']);
  await press('[');
  expect(checked()).toEqual(['a.png, 1 of 3']);
  await press(']');
  expect(checked()).toEqual(['b.png, 2 of 3']);
  await press('ArrowRight', radios()[1]);
  await press(']');
  expect(checked()).toEqual(['c.png, 3 of 3']);
  await press('Home', radios()[2]);
  expect(checked()).toEqual(['a.png, 1 of 3']);
  expect(opened.names).toEqual(['a.png', 'b.png', 'c.png', 'a.png']);
});

it('reads the next picture ahead when nothing is under way, and none before', async () => {
  ahead.length = 0;
  vi.stubGlobal('requestIdleCallback', (call: () => void) => setTimeout(call));
  vi.stubGlobal('cancelIdleCallback', clearTimeout);
  const idle = { progress: null, measurement: {}, signs: {}, manifest: { id: 'net' } } as never;
  await act(async () => useExplain.setState({ measurement: null }));
  await lay('a', 'bb', 'ccc');
  expect(ahead).toEqual([]);
  await act(async () => useExplain.setState(idle));
  await vi.waitFor(() => expect(ahead).toEqual(['2 for net']));
  await press(']');
  await vi.waitFor(() => expect(ahead).toEqual(['2 for net', '3 for net']));
  await press(']');
  await act(async () => void (await new Promise((resolve) => setTimeout(resolve))));
  expect(ahead).toHaveLength(2);
  useExplain.setState({ measurement: null, signs: null, manifest: null });
});

it('counts from the picture that is on its way, and leaves keys to fields', async () => {
  await lay('a.png', 'b.png', 'c.png');
  let arrive = () => {};
  opened.hold = new Promise((resolve) => {
    arrive = resolve;
  });
  await press(']');
  await press(']');
  await press(']', document.querySelector('#field') as Element);
  expect(opened.names).toEqual(['a.png', 'b.png', 'c.png']);
  await act(async () => arrive());
  expect(checked()).toEqual(['c.png, 3 of 3']);
});

it('puts the next picture in the place of one that is taken out, and goes when it is empty', async () => {
  await lay('a.png', 'b.png', 'c.png');
  await press(']');
  await click('Remove');
  expect(checked()).toEqual(['c.png, 2 of 2']);
  await press('Delete', radios()[1]);
  expect(checked()).toEqual(['a.png, 1 of 1']);
  await click('Remove all');
  expect(radios()).toEqual([]);
  expect(useExplain.getState().picture?.name).toBe('a.png');
});

it('marks none where an example is on screen, from which a bracket leads to its first picture', async () => {
  await lay('a.png', 'b.png');
  await act(async () =>
    useExplain.setState({ picture: { name: 'Horn', file: new Blob(), source: 'horn' } as never }),
  );
  expect(checked()).toEqual([]);
  await press(']');
  expect(checked()).toEqual(['a.png, 1 of 2']);
});

it('knows a picture again that came back as another object after a reload', async () => {
  await lay('a.png', 'b.png');
  const file = new Blob(['b.png']);
  await act(async () => useExplain.setState({ picture: { name: 'b.png', file, source: '' } as never }));
  expect(checked()).toEqual(['b.png, 2 of 2']);
});

it('takes no more than it holds', async () => {
  const files = Array.from({ length: mostInTray + 3 }, (_, i) => ({ path: `${i}.png`, blob: new Blob() }));
  await act(async () => {
    expect(layIntoTray(files)).toHaveLength(mostInTray);
    expect(layIntoTray(files.slice(0, 1))).toEqual([]);
  });
});
