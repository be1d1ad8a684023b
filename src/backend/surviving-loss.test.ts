import { describe, expect, it, vi } from 'vitest';
import type { BackendName } from './backend-names';
import { BackendLostError, type RunningBackend } from './choose-backend';
import { giveUpBackend, survivingLoss } from './surviving-loss';

/** A backend whose device is lost when `lose` is called. */
function device(name: BackendName) {
  let lose: (why: string) => void = () => {};
  let isLost = false;
  const lost = new Promise<never>((_, reject) => {
    lose = (why) => {
      isLost = true;
      reject(new BackendLostError(why));
    };
  });
  lost.catch(() => {});
  const backend: RunningBackend = {
    report: { name, reason: '', adapter: null, threads: 1 },
    isLost: () => isLost,
    lost,
    answers: async () => !isLost,
  };
  return { backend, lose };
}

const never = () => new Promise<never>(() => {});
const { signal } = new AbortController();

describe('work that survives the loss of its device', () => {
  it('gives what the work gives', async () => {
    const { backend } = device('webgpu');
    expect(
      await survivingLoss(
        signal,
        () => backend,
        async () => 3,
        vi.fn(),
      ),
    ).toBe(3);
  });

  it('is done again on the next backend, once the lost one is left', async () => {
    const [first, second] = [device('webgpu'), device('wasm')];
    const left: string[] = [];
    let now = first.backend;
    const done = survivingLoss(
      signal,
      () => now,
      ({ report: { name } }) => (name === 'webgpu' ? never() : Promise.resolve(name)),
      ({ message }) => {
        left.push(message);
        now = second.backend;
      },
    );
    first.lose('unplugged');
    expect(await done).toBe('wasm');
    expect(left).toEqual(['unplugged']);
  });

  it('is done again where an operation failed before the loss was told', async () => {
    const [first, second] = [device('webgpu'), device('wasm')];
    let now = first.backend;
    const work = async ({ report: { name } }: RunningBackend) => {
      if (name === 'wasm') return name;
      first.lose('gone');
      throw new Error('mapAsync failed');
    };
    const leave = () => {
      now = second.backend;
    };
    expect(await survivingLoss(signal, () => now, work, leave)).toBe('wasm');
  });

  it('fails with its own error while the device is there', async () => {
    const { backend } = device('webgpu');
    const leave = vi.fn();
    const failing = survivingLoss(
      signal,
      () => backend,
      () => Promise.reject(new Error('no such layer')),
      leave,
    );
    await expect(failing).rejects.toThrow('no such layer');
    expect(leave).not.toHaveBeenCalled();
  });

  it('ends when it was cancelled, lost device or not', async () => {
    const { backend, lose } = device('webgpu');
    const controller = new AbortController();
    const leave = vi.fn();
    const ending = survivingLoss(controller.signal, () => backend, never, leave);
    controller.abort();
    lose('gone');
    await expect(ending).rejects.toMatchObject({ name: 'AbortError' });
    expect(leave).not.toHaveBeenCalled();
  });

  it('notes why a backend was given up', () => {
    const failed = new Map<BackendName, string>();
    giveUpBackend(device('webgl').backend, new BackendLostError('WebGL lost its device.'), failed);
    expect([...failed]).toEqual([['webgl', 'WebGL lost its device.']]);
  });
});
