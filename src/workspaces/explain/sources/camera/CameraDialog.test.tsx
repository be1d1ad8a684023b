// @vitest-environment page
import '../../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../../ui/root-testing';

const live = vi.hoisted(() => ({ signal: null as AbortSignal | null }));
vi.mock('./live', () => ({
  explainLive: (_: unknown, { signal }: { signal: AbortSignal }) => {
    live.signal = signal;
    return new Promise(() => {});
  },
}));
vi.mock('./frame-file', () => ({ frameAsFile: async () => new Blob(['frame']) }));
const openFiles = vi.hoisted(() => vi.fn());
vi.mock('../../files/open-explain', () => ({ openFiles }));

const { useCamera, openCamera: askForCamera } = await import('../../../../state/camera-store');
const { CameraDialog } = await import('./CameraDialog');
const { whyNoCamera } = await import('./camera');

/** A camera's stream, of which it is known whether it is on. */
function stream() {
  const track = Object.assign(new EventTarget(), { stop: vi.fn() });
  return { track, getTracks: () => [track] };
}

const asked = vi.fn();
let root: Root;

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  HTMLMediaElement.prototype.play = async () => {};
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { configurable: true, writable: true });
  vi.stubGlobal('createImageBitmap', async () => ({ width: 4, height: 4 }));
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getUserMedia: asked, enumerateDevices: async () => [] },
  });
  asked.mockReset();
  root = rootOfEmptyPage();
  askForCamera();
});
afterEach(() => act(async () => root.unmount()));

const show = () => act(async () => root.render(<CameraDialog />));
const text = () => document.body.textContent ?? '';
const click = (name: string) =>
  act(async () =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click(),
  );
const hide = async () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await act(async () => document.dispatchEvent(new Event('visibilitychange')));
  hidden.mockRestore();
};

describe('the light of the camera', () => {
  it('goes off when its window is closed, and what runs live ends', async () => {
    const camera = stream();
    asked.mockResolvedValue(camera);
    await show();
    await click('Explain live');
    expect(live.signal?.aborted).toBe(false);
    expect(camera.track.stop).not.toHaveBeenCalled();
    await act(async () => root.render(null));
    expect(camera.track.stop).toHaveBeenCalled();
    expect(live.signal?.aborted).toBe(true);
    // Another workspace took its place: it does not come back by itself.
    expect(useCamera.getState().open).toBe(false);
  });

  it('goes off when the page is out of sight, which is said, and comes back when it is asked for', async () => {
    const [first, second] = [stream(), stream()];
    asked.mockResolvedValueOnce(first).mockResolvedValueOnce(second);
    await show();
    await hide();
    expect(first.track.stop).toHaveBeenCalled();
    expect(text()).toContain('switched off while the page was out of sight');
    await click('Try again');
    expect(text()).toContain('Take this frame');
    expect(second.track.stop).not.toHaveBeenCalled();
  });

  it('does not stay on where the reader allowed it after the window was closed', async () => {
    const camera = stream();
    let allow = (_: typeof camera) => {};
    asked.mockReturnValue(new Promise((resolve) => (allow = resolve)));
    await show();
    expect(text()).toContain('the browser asks');
    await act(async () => root.render(null));
    await act(async () => allow(camera));
    expect(camera.track.stop).toHaveBeenCalled();
  });

  it('goes off when a frame is taken, which is opened as a picture', async () => {
    const camera = stream();
    asked.mockResolvedValue(camera);
    await show();
    await click('Take this frame');
    expect(useCamera.getState().open).toBe(false);
    expect(openFiles.mock.calls[0][0][0].path).toMatch(/^camera \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
    await act(async () => root.render(null));
    expect(camera.track.stop).toHaveBeenCalled();
  });
});

it('says in words what a browser refuses, and where a camera goes away', async () => {
  asked.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
  await show();
  expect(text()).toContain('The camera is not allowed here.');
  const camera = stream();
  asked.mockResolvedValueOnce(camera);
  await click('Try again');
  await act(async () => camera.track.dispatchEvent(new Event('ended')));
  expect(text()).toContain('The camera went away.');
});

it('has a sentence for every error of the standard, and one for a browser without cameras', async () => {
  const names = [
    'NotAllowedError',
    'SecurityError',
    'NotFoundError',
    'OverconstrainedError',
    'NotReadableError',
  ];
  const said = [...names, 'AbortError'].map((name) => whyNoCamera(new DOMException('?', name)));
  expect(new Set(said).size).toBe(6);
  for (const sentence of said) expect(sentence).not.toContain('?');
  expect(whyNoCamera(new TypeError('strange'))).toBe('The camera did not start: strange.');
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
  await show();
  expect(text()).toContain('This browser gives pages no camera.');
});
