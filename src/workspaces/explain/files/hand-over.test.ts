// @vitest-environment page
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeFactory, fakeClasses } from '../../../storage/storage-testing';

let factory: FakeFactory;

beforeEach(() => {
  vi.resetModules();
  factory = new FakeFactory();
  vi.stubGlobal('indexedDB', factory);
  for (const [name, fake] of Object.entries(fakeClasses)) vi.stubGlobal(name, fake);
  history.replaceState(null, '', '#explain?image=church');
});

afterEach(() => vi.unstubAllGlobals());

/** A page of this tab: what comes after a loading is another. */
async function page() {
  vi.resetModules();
  const { handOver, takeHandedOver } = await import('./hand-over');
  const { useExplain } = await import('../../../state/explain-store');
  const { takeFiles } = await import('../../../models/networks');
  return { handOver, takeHandedOver, takeFiles, ...useExplain };
}

const leaf = new File(['leaf'], 'leaf.png');
const picture = { file: leaf, name: 'leaf.png', source: '', width: 4, height: 3 } as never;

describe('a loading of the page', () => {
  it('is gone through by the settings, a picture and a network of the reader’s own', async () => {
    const before = await page();
    const model = before.takeFiles([{ path: 'pears.onnx', blob: new Blob(['weights']) }], 'pears.onnx');
    before.setState({
      picture,
      settings: { ...before.getState().settings, model, image: '', method: 'layer-cam' },
    });
    expect(await before.handOver()).toBeNull();
    const { takeHandedOver } = await page();
    const handed = await takeHandedOver();
    expect(handed).toMatchObject({
      picture: { name: 'leaf.png' },
      network: { source: { id: 'pears', main: 'pears.onnx' }, labels: null },
    });
    expect(handed?.address).toMatch(/^#explain\?.*method=layer-cam/);
    expect(handed?.address).toContain('model=file%3Apears');
    expect(location.hash).toBe(handed?.address);
    // Once only: what was opened since is not to be replaced by the next loading.
    expect(await takeHandedOver()).toBeNull();
    expect(await (await page()).takeHandedOver()).toBeNull();
  });

  it('is gone through by the images open in Study, whenever that asks for them', async () => {
    const before = await page();
    const { carries } = await import('../../../state/carried');
    const sources = [{ kind: 'files', files: [{ path: 'a/one.png' }] }];
    carries('study images', () => ({ name: 'a', sources }));
    expect(await before.handOver()).toBeNull();
    const { takeHandedOver } = await page();
    const { handOn, takeCarried } = await import('../../../state/carried');
    const taken: unknown[] = [];
    handOn((await takeHandedOver())?.carried ?? {});
    takeCarried('study images', (what) => taken.push(what));
    expect(taken).toEqual([{ name: 'a', sources }]);
    takeCarried('study images', (what) => taken.push(what));
    expect(taken).toHaveLength(1);
    handOn({ 'study images': { name: 'b', sources } });
    expect(taken).toHaveLength(2);
  });

  it('carries nothing that has an address or is kept', async () => {
    const before = await page();
    const { settings } = before.getState();
    before.setState({ picture: { ...(picture as object), source: 'church' } as never, settings });
    await before.handOver();
    const handed = await (await page()).takeHandedOver();
    expect(handed).toMatchObject({ picture: null, network: null });
  });

  it('says what will not be there where the browser keeps nothing', async () => {
    const before = await page();
    before.setState({ picture });
    vi.stubGlobal('indexedDB', undefined);
    expect(await before.handOver()).toBe(
      'Your picture cannot be kept for the loading: this browser has no place where the page could keep anything.',
    );
    before.setState({ picture: null });
    expect(await before.handOver()).toBeNull();
    const { carries } = await import('../../../state/carried');
    carries('study images', () => ({ name: 'a', sources: [] }));
    expect(await before.handOver()).toMatch(/^The images open in Study cannot be kept for the loading: /);
  });
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
