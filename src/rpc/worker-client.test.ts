import { getEventListeners } from 'node:events';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from './serve';
import { createWorkerClient } from './worker-client';

interface Methods {
  echo: { request: Float32Array; result: number; progress: never };
}

/** What a worker does that answers a request with the size of what it was given, or with an error. */
function answering(answer: (request: Float32Array) => number): () => Worker {
  return () => {
    const worker = {
      onmessage: null as ((event: { data: FromWorker }) => void) | null,
      onerror: null,
      terminate() {},
      postMessage(message: ToWorker) {
        const tell = (data: FromWorker) => queueMicrotask(() => worker.onmessage?.({ data }));
        if (message.type === 'hello') return tell({ type: 'alive', locked: false });
        if (message.type !== 'request') return;
        const { id } = message;
        try {
          tell({ type: 'result', id, result: answer(message.request as Float32Array) });
        } catch (error) {
          tell({ type: 'error', id, name: 'Error', message: String(error) });
        }
      },
    };
    return worker as unknown as Worker;
  };
}

// Node has no Web Locks; as in an insecure page, only the worker's own words tell of it.
beforeAll(() => void vi.stubGlobal('navigator', {}));

describe('a signal that is for many calls', () => {
  it('holds nothing of ten thousand calls that were answered', async () => {
    const client = createWorkerClient<Methods>(answering((request) => request.length));
    const { signal } = new AbortController();
    for (let i = 0; i < 10_000; i++) {
      expect(await client.call('echo', new Float32Array(8), { signal })).toBe(8);
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('holds nothing of calls that failed, or whose worker was ended', async () => {
    const failing = createWorkerClient<Methods>(
      answering(() => {
        throw new Error('no');
      }),
    );
    const { signal } = new AbortController();
    await expect(failing.call('echo', new Float32Array(1), { signal })).rejects.toThrow('no');
    const silent = createWorkerClient<Methods>(
      () => ({ postMessage() {}, terminate() {} }) as unknown as Worker,
    );
    const open = silent.call('echo', new Float32Array(1), { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    silent.end();
    await expect(open).rejects.toThrow('ended');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('still cancels what is open', async () => {
    const told: ToWorker[] = [];
    const client = createWorkerClient<Methods>(
      () => ({ postMessage: (message: ToWorker) => told.push(message), terminate() {} }) as unknown as Worker,
    );
    const controller = new AbortController();
    const open = client.call('echo', new Float32Array(1), { signal: controller.signal });
    controller.abort();
    await expect(open).rejects.toThrow('abort');
    expect(told.at(-1)).toMatchObject({ type: 'cancel' });
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});
