import { expect } from 'vitest';
import type { Journeys } from '../setting';
import { analysisOf, openAnew, openPage, quick, readyText, shown } from './explain-steps';

/** Lets the page's workers believe that the machine has so many cores. */
const cores = (count: number) => (name: string, script: string) =>
  /worker-/.test(name)
    ? `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${count}, configurable: true });\n${script}`
    : script;

/** A thread that takes its order, and claims a task that it never ends. The second number of the board counts what is left. */
const stuckThread = `
self.onmessage = ({ data: { memory, board } }) => {
  const numbers = new Int32Array(memory.buffer);
  const left = board / 4 + 1;
  self.postMessage('ready');
  for (;;) {
    if (Atomics.load(numbers, left) > 0 && Atomics.sub(numbers, left, 1) > 0) for (;;);
  }
};
self.postMessage('loaded');`;

export const threads: Journeys = {
  async 'the same maps with one thread and with several'({ visitor, ownHost }) {
    const host = await ownHost();
    const readBy = async (count: number) => {
      host.alter(cores(count));
      await openAnew(visitor, `${host.address}#explain?image=tench&${quick}`);
      await shown(visitor, 'Tench');
      return analysisOf(visitor);
    };
    const [one, several] = [await readBy(1), await readBy(3)];
    expect(one.backend.threads).toBe(1);
    for (const part of ['layers', 'predictions', 'transitions'] as const) {
      expect(several[part], part).toEqual(one[part]);
    }
  },

  async 'a thread that sticks in the middle of an analysis is done without'({ visitor, ownHost, skip }) {
    const host = await ownHost();
    // A visit passes the self-test, of the journey before or of this one, so that the next one begins with an analysis.
    host.alter(cores(3));
    await openPage(visitor, `${host.address}#explain?${quick}`);
    if (/\(1 thread\)/.test(await visitor.text('status', undefined, readyText))) {
      skip('This engine computes on one thread.');
    }
    host.alter((name, script) => (/-thread-/.test(name) ? stuckThread : cores(3)(name, script)));
    await openAnew(visitor, `${host.address}#explain?image=tench&${quick}`);
    await shown(visitor, 'Tench');
    await visitor.text(
      'status',
      undefined,
      /A thread of WebAssembly did not end its work\. Ready: .* on WebAssembly \(1 thread\)/,
    );
  },
};
