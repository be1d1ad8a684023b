// @vitest-environment page
import '../../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { OpenPicture } from '../../../../state/explain-store';
import { rootOfEmptyPage } from '../../../../ui/root-testing';

const asked = vi.hoisted(() => ({ opened: [] as string[], runs: 0 }));
vi.mock('../../explain-controller', () => ({
  openFile: async (_: Blob, name: string) => asked.opened.push(name),
}));
// What is mocked is asked for what the tests show only when it is called: that imports what is mocked.
const shownByTests = () => import('../../explain-testing');
vi.mock('../../../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../../../engine/measure/measure-testing');
  const engine = {
    call: async () => {
      asked.runs += 1;
      return (await shownByTests()).analysis;
    },
  };
  return { engine, measures: measuresHere, signFinder: measuresHere };
});
/** What becomes of a video: frames that cannot be read, from where on it stands still, what its third frame waits for. */
const clip = vi.hoisted(() => ({ lost: [] as number[], sameFrom: 99, wait: null as Promise<void> | null }));
vi.mock('./read-video', async (original) => ({
  ...(await original<object>()),
  framesOf: async function* (_: Blob, count: number, signal: AbortSignal) {
    for (let i = 0; i < count; i++) {
      if (i === 2) await clip.wait;
      signal.throwIfAborted();
      const file = clip.lost.includes(i) ? null : new Blob([String(i)]);
      yield { seconds: i / 2, file, isSame: i >= clip.sameFrom };
    }
  },
}));
vi.mock('../../picture/picture-source', () => ({
  decode: async (file: Blob, name: string): Promise<OpenPicture> => {
    const { picture } = await shownByTests();
    return { ...picture, file, name, display: { close: () => {} } } as never;
  },
}));

const { useExplain } = await import('../../../../state/explain-store');
const { settle, useAlerts } = await import('../../../../state/alerts');
const { useVideo } = await import('../../../../state/video-store');
const { analysed } = await import('../../explain-testing');
const { openVideo } = await import('./video');
const { videoRows } = await import('./video-view');
const { VideoRow } = await import('./VideoRow');

let root: Root;
beforeAll(async () => {
  useExplain.setState(await analysed());
  root = rootOfEmptyPage();
  await act(async () => root.render(<VideoRow />));
  await act(async () => void (await openVideo({ path: 'walks/dog.webm', blob: new Blob() }, 6)));
});
afterAll(() => act(async () => root.unmount()));

const buttons = () => [...document.querySelectorAll('button')];
const named = (name: RegExp) => buttons().find((each) => name.test(each.getAttribute('aria-label') ?? ''));
const measuredAt = (layer: string) =>
  expect.poll(() => useVideo.getState().video?.measured?.layer).toBe(layer);

it('explains every frame once, opens the first, and any other by a click', async () => {
  await act(() => measuredAt('conv5_2'));
  expect(asked.runs).toBe(6);
  expect(asked.opened).toEqual(['dog.webm at 0.00 s.png']);
  await act(async () => named(/^Frame 4 of 6, at 1\.5 s, horn$/)?.click());
  expect(asked.opened[1]).toBe('dog.webm at 1.50 s.png');
});

it('follows the selected layer without the network: its numbers are those of the picture that the frames are', async () => {
  const { measurement, signs } = useExplain.getState();
  await act(async () => useExplain.setState({ layer: 4 }));
  await act(() => measuredAt('conv3_1'));
  expect(asked.runs).toBe(6);
  const rows = videoRows(useVideo.getState().video as never, useExplain.getState());
  expect(rows).toHaveLength(6);
  for (const row of rows) {
    expect(row.entropy).toBeCloseTo(measurement?.layers[4].value as number, 9);
    expect(row.signs).toBe(signs?.layers[4].signs.length);
  }
});

it('explains anew by another method, measures anew by another measure', async () => {
  const { settings } = useExplain.getState();
  await act(async () => useExplain.setState({ settings: { ...settings, method: 'layer-cam' } }));
  await act(() => expect.poll(() => asked.runs).toBe(12));
  await act(() => measuredAt('conv3_1'));
  const before = useVideo.getState().video?.measured;
  await act(async () => useExplain.setState({ settings: { ...settings, method: 'layer-cam', levels: 4 } }));
  await act(() => expect.poll(() => useVideo.getState().video?.measured).not.toBe(before));
  expect(asked.runs).toBe(12);
});

it('shows how far the reading of another video is, keeps this one until then, and for good where it is cancelled', async () => {
  const shown = useVideo.getState().video;
  let goOn = () => {};
  clip.wait = new Promise((resolve) => {
    goOn = resolve;
  });
  await act(async () => void openVideo({ path: 'other.webm', blob: new Blob() }, 6));
  await act(() => expect.poll(() => document.body.textContent).toContain('Reading frame 3 of 6'));
  expect(document.querySelector('progress')?.value).toBe(2);
  expect(useVideo.getState().video).toBe(shown);
  await act(async () => named(/^Cancel opening other\.webm$/)?.click());
  await act(async () => goOn());
  clip.wait = null;
  expect(document.querySelector('progress')).toBeNull();
  expect(useVideo.getState().video).toBe(shown);
  expect(useAlerts.getState().alerts).toEqual([]);
});

it('takes what can be read of a damaged video, and says what cannot', async () => {
  clip.lost = [1, 3];
  await act(async () => void (await openVideo({ path: 'torn.webm', blob: new Blob() }, 6)));
  expect(useVideo.getState().video?.frames.map(({ seconds }) => seconds)).toEqual([0, 1, 2, 2.5]);
  expect(useAlerts.getState().alerts[0].text).toBe(
    'torn.webm is damaged or cut off: 2 of 6 frames could not be read, the first at 0.50 s.',
  );
  settle('explain');
});

it('keeps what is on screen where not one frame can be read', async () => {
  const shown = useVideo.getState().video;
  clip.lost = [0, 1, 2, 3, 4, 5];
  await act(async () => void (await openVideo({ path: 'noise.webm', blob: new Blob() }, 6)));
  expect(useVideo.getState().video?.file).toBe(shown?.file);
  expect(useVideo.getState().opening).toBeNull();
  expect(useAlerts.getState().alerts[0].text).toBe(
    'noise.webm is damaged or cut off: not one frame of it could be read.',
  );
  settle('explain');
  clip.lost = [];
});

it('draws the picture that stands still to the end once, and says so', async () => {
  clip.sameFrom = 3;
  await act(async () => void (await openVideo({ path: 'cut.webm', blob: new Blob() }, 6)));
  expect(document.body.textContent).toContain('One picture from 1.00 s to the end: 3 of 6 drawn');
  expect(buttons().filter((each) => /^Frame /.test(each.getAttribute('aria-label') ?? ''))).toHaveLength(3);
  clip.sameFrom = 99;
  await act(() => measuredAt('conv3_1'));
});

it('reads a video that is dropped before the network is known', async () => {
  const { manifest } = useExplain.getState();
  useExplain.setState({ manifest: null });
  const opened = openVideo({ path: 'early.webm', blob: new Blob() }, 6);
  await act(async () => useExplain.setState({ manifest }));
  expect(await opened).toBe(true);
  await act(() => measuredAt('conv3_1'));
});

it('goes when it is closed, and explains no more', async () => {
  await act(async () => named(/^Close the video$/)?.click());
  expect(buttons()).toEqual([]);
  const before = asked.runs;
  await act(async () =>
    useExplain.setState({ settings: { ...useExplain.getState().settings, method: 'grad-cam' } }),
  );
  expect(asked.runs).toBe(before);
});
