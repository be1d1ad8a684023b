import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeFactory, fakeClasses } from '../../../storage/storage-testing';

let keep: typeof import('./keep-tray');

const cameBy = (type: string) =>
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type }] as unknown as PerformanceEntryList);

const picture = (name: string, bytes = 4) => ({ id: name, name, file: { size: bytes } as Blob });
const names = (pictures: { name: string }[]) => pictures.map(({ name }) => name);

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new FakeFactory());
  for (const [name, fake] of Object.entries(fakeClasses)) vi.stubGlobal(name, fake);
  cameBy('reload');
  // A page that was just loaded, its tab new.
  vi.resetModules();
  keep = await import('./keep-tray');
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('is there after a reload in the same order, without what was taken out', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => picture(name));
  expect(await keep.keepTray([a, b, c])).toBeNull();
  expect(names(await keep.trayBeforeReload())).toEqual(['a', 'b', 'c']);
  await keep.keepTray([c, a]);
  expect(names(await keep.trayBeforeReload())).toEqual(['c', 'a']);
  await keep.keepTray([]);
  expect(await keep.trayBeforeReload()).toEqual([]);
});

it('is not there where the address was typed anew, nor after it', async () => {
  await keep.keepTray([picture('a')]);
  cameBy('navigate');
  expect(await keep.trayBeforeReload()).toEqual([]);
  cameBy('reload');
  expect(await keep.trayBeforeReload()).toEqual([]);
});

it('says how many pictures are too much to be kept, and keeps the others', async () => {
  const large = [picture('a', 150e6), picture('b', 150e6), picture('c', 100e6), picture('d', 6e6)];
  expect(await keep.keepTray(large)).toBe(
    'After a reload 1 picture of 4 will be missing: of a tray 256 MB are kept.',
  );
  expect(names(await keep.trayBeforeReload())).toEqual(['a', 'c', 'd']);
});

it('says why nothing is kept', async () => {
  vi.stubGlobal('indexedDB', undefined);
  expect(await keep.keepTray([picture('a')])).toMatch(/^The tray will not be there after a reload: .+\.$/);
  expect(await keep.trayBeforeReload()).toEqual([]);
});
