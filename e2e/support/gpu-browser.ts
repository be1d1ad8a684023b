import path from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type Engine, type EnginePage, startEngine } from '../../tools/engines/start-engine.mjs';
import { createVisitor, type Visitor } from '../engines/visitor';
import { root } from './files';
import { type Alteration, staticHost } from './static-host';
import { bundledTinyNetwork } from './tiny-network';

/** On it tests ask, and every worker answers for itself. */
const CHANNEL = 'supersign tests';

/** Has a worker say that it runs, and lose its WebGPU device after so many more orders as it is told. */
const losable = `
  if (self.GPUAdapter) {
    const { requestDevice } = GPUAdapter.prototype;
    let device = null;
    GPUAdapter.prototype.requestDevice = async function (...args) {
      return (device = await requestDevice.apply(this, args));
    };
    const { submit } = GPUQueue.prototype;
    let left = null;
    GPUQueue.prototype.submit = function (...args) {
      submit.apply(this, args);
      if (left === null) return;
      left -= 1;
      if (left > 0) return;
      left = null;
      device.destroy();
    };
    const tests = new BroadcastChannel('${CHANNEL}');
    tests.onmessage = ({ data: { worker, orders } }) => {
      if (worker !== self.name) return;
      left = orders;
      tests.postMessage({ answeredBy: worker });
    };
  }
`;

const devicesLosable: Alteration = (name, script) =>
  /^(?:\w+-)?worker-[\w-]{8}\.js$/.test(name) ? losable + script : script;

/** A page in a browser whose WebGPU computes in software. */
export interface Gpu {
  visitor: Visitor;
  /** Does something on the page with what JSON can hold, and gives what JSON can hold. */
  evaluate<Asked, Answer>(work: (asked: Asked) => Answer, asked: Asked): Promise<Awaited<Answer>>;
  addresses: {
    /** The engine without the product around it, with the tiny network at `networks/tiny/`. */
    bench: string;
    /** The page, with the tiny network in the place of its own: what passes of the backend's self-test there is trusted from then on. */
    tiny: string;
    /** The page with its own network. */
    whole: string;
  };
  /** Gives files to the engine's bare page, by their path from it. */
  give(files: Record<string, Buffer>): void;
  /** The device of the worker of this name is lost after so many more orders to the GPU; waits for its answer. */
  loseDevice(worker: string, orders: number): Promise<void>;
  /** Waits until a worker of this name answers. */
  workerRuns(worker: string): Promise<void>;
}

/** The browser and the page that it has, or why there is none. */
async function openedIn(
  name: 'firefox' | 'chromium',
): Promise<{ engine: Engine; page: EnginePage } | string> {
  const engine = await startEngine(name, { webGpu: true });
  if (typeof engine === 'string') return engine;
  return { engine, page: await engine.open() };
}

const hasAdapter = (page: EnginePage) =>
  page.evaluate('navigator.gpu?.requestAdapter().then((adapter) => adapter !== null) ?? false');

/**
 * Tests of what WebGPU computes, in one page a Playwright worker. On Mesa's software driver Firefox takes a tenth of what Chromium's own
 * takes, which stands in where there is no Firefox or no such driver. That the page works in Chromium, too, `webgpu-chromium.spec.ts` shows.
 */
export const test = base.extend<
  { gpu: Gpu; nothingUncaught: undefined },
  { opened: { gpu: Gpu; page: EnginePage } }
>({
  opened: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what the fixture needs
    async ({}, use) => {
      const [bench, tiny, whole] = await Promise.all([1, 2, 3].map(() => staticHost({ isolates: true })));
      bench.serve(path.join(root, '.reports/bench-page'));
      bench.give(bundledTinyNetwork());
      tiny.give(bundledTinyNetwork('photos10'));
      for (const host of [bench, tiny]) host.alter(devicesLosable);

      let opened = await openedIn('firefox');
      if (typeof opened !== 'string') {
        await opened.page.go(tiny.address);
        if (!(await hasAdapter(opened.page))) {
          await opened.engine.close();
          opened = 'Firefox finds no adapter for WebGPU here.';
        }
      }
      if (typeof opened === 'string') {
        console.log(`WebGPU in Chromium: ${opened}`);
        opened = await openedIn('chromium');
      }
      if (typeof opened === 'string') throw new Error(opened);
      const { page, engine } = opened;

      const tell = async (worker: string, orders: number | null) => {
        await page.evaluate(`new Promise((resolve) => {
          const tests = new BroadcastChannel('${CHANNEL}');
          const again = setInterval(() => tests.postMessage(${JSON.stringify({ worker, orders })}), 100);
          tests.onmessage = ({ data }) => {
            if (data.answeredBy !== ${JSON.stringify(worker)}) return;
            clearInterval(again);
            tests.close();
            resolve(true);
          };
        })`);
      };
      const gpu: Gpu = {
        visitor: createVisitor(page, engine),
        evaluate: (work, asked) => page.evaluate(`(${work})(${JSON.stringify(asked)})`) as Promise<never>,
        addresses: { bench: bench.address, tiny: tiny.address, whole: whole.address },
        give: bench.give,
        loseDevice: tell,
        workerRuns: (worker) => tell(worker, null),
      };
      await use({ gpu, page });
      await page.close();
      await engine.close();
      for (const host of [bench, tiny, whole]) await host.stop();
    },
    { scope: 'worker' },
  ],
  gpu: async ({ opened: { gpu } }, use) => use(gpu),
  nothingUncaught: [
    async ({ opened: { page } }, use) => {
      const before = page.uncaught.length;
      await use(undefined);
      expect(page.uncaught.slice(before), 'errors that nobody caught').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
