import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../rpc/serve';
import { drawScenes } from './draw-scenes';

const asked: number[][] = [];

/** A worker that draws at once, or one whose script does not load. */
class FakeWorker {
  static works = true;
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;

  postMessage(message: ToWorker): void {
    if (message.type !== 'request') return;
    if (!FakeWorker.works) {
      queueMicrotask(() => this.onerror?.({ message: 'no such script' }));
      return;
    }
    const { world, indices, side } = message.request as { world: number; indices: number[]; side: number };
    asked.push(indices);
    const result = drawScenes(world, indices, side);
    queueMicrotask(() => this.onmessage?.({ data: { type: 'result', id: message.id, result } }));
  }

  terminate(): void {}
}

const indices = [7, 3, 20, 0, 11, 5, 9];

describe('scenes drawn by workers', () => {
  beforeEach(() => {
    vi.resetModules();
    vi.doMock('../../rpc/helper-workers', () => ({
      canStartHelpers: () => true,
      startHelper: () => new FakeWorker(),
    }));
    vi.stubGlobal('navigator', { hardwareConcurrency: 3 });
    asked.length = 0;
    FakeWorker.works = true;
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.doUnmock('../../rpc/helper-workers');
  });

  it('are those that one would draw alone, in the same order, each drawn by one of them', async () => {
    const { paintScenes } = await import('./painters');
    expect(await paintScenes(4, indices, 16)).toEqual(drawScenes(4, indices, 16));
    expect(asked).toEqual([[7, 3, 20], [0, 11, 5], [9]]);
    expect(await paintScenes(4, [8], 16)).toEqual(drawScenes(4, [8], 16));
  });

  it('are drawn all the same where no worker starts', async () => {
    FakeWorker.works = false;
    const { paintScenes } = await import('./painters');
    expect(await paintScenes(4, indices, 16)).toEqual(drawScenes(4, indices, 16));
    expect(asked).toEqual([]);
  });
});
