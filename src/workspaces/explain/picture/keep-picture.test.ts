import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenPicture } from '../../../state/explain-store';
import { FakeFactory, fakeClasses } from '../../../storage/storage-testing';

let keepPicture: typeof import('./keep-picture').keepPicture;
let pictureBeforeReload: typeof import('./keep-picture').pictureBeforeReload;

const cameBy = (type: string) =>
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type }] as unknown as PerformanceEntryList);

const open = (name: string, source = '', bytes = 4): OpenPicture =>
  ({ file: { size: bytes }, name, source, sha256: `hash of ${name}` }) as OpenPicture;

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new FakeFactory());
  for (const [name, fake] of Object.entries(fakeClasses)) vi.stubGlobal(name, fake);
  cameBy('reload');
  // A page that was just loaded, its tab new.
  vi.resetModules();
  ({ keepPicture, pictureBeforeReload } = await import('./keep-picture'));
});

afterEach(async () => {
  // What is still being kept is over before the database is gone.
  cameBy('reload');
  keepPicture(open('last.png'))();
  await pictureBeforeReload();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a picture of one’s own', () => {
  it('is there after a reload of the tab, and where the history leads back to it', async () => {
    keepPicture(open('cat.png'))();
    expect(await pictureBeforeReload()).toMatchObject({ name: 'cat.png' });
    cameBy('back_forward');
    expect(await pictureBeforeReload()).toMatchObject({ name: 'cat.png' });
  });

  it('is not there where the address was typed anew', async () => {
    keepPicture(open('cat.png'))();
    cameBy('navigate');
    expect(await pictureBeforeReload()).toBeNull();
  });

  it('gives way to what came after it: an example, an address, a file too large to keep', async () => {
    keepPicture(open('cat.png'))();
    keepPicture(open('horn', 'french-horn'))();
    expect(await pictureBeforeReload()).toBeNull();
    keepPicture(open('cat.png'))();
    keepPicture(open('scan.png', '', 65e6))();
    expect(await pictureBeforeReload()).toBeNull();
  });

  it('is missed quietly where the browser keeps nothing', async () => {
    vi.stubGlobal('indexedDB', undefined);
    keepPicture(open('dog.png'))();
    expect(await pictureBeforeReload()).toBeNull();
  });
});
