import type { Page } from '@playwright/test';
import { test as base, expect } from './test';
import { serveTinyNetwork } from './tiny-network';
import { workerNamed, workerScripts } from './workers';

/** Software WebGPU takes seconds and more for what hardware does in a few milliseconds. */
export const slow = { timeout: 120_000 };

/** Loses the WebGPU device of a worker after the orders that `loseDevice` names. */
const losable = `
  const { requestDevice } = GPUAdapter.prototype;
  let device = null;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    return (device = await requestDevice.apply(this, args));
  };
  const { submit } = GPUQueue.prototype;
  GPUQueue.prototype.submit = function (...args) {
    submit.apply(this, args);
    if (self.loseAfter === undefined) return;
    self.loseAfter -= 1;
    if (self.loseAfter > 0) return;
    self.loseAfter = undefined;
    device.destroy();
  };
`;

/** The device of this worker is lost after so many more orders to the GPU. */
export async function loseDevice(page: Page, worker: string, orders: number): Promise<void> {
  const running = await workerNamed(page, worker);
  await running.evaluate((some) => {
    (self as unknown as { loseAfter?: number }).loseAfter = some;
  }, orders);
}

/** Lets `loseDevice` reach the devices of workers that start from now on. */
export const makeDevicesLosable = (page: Page): Promise<unknown> =>
  page.route(workerScripts, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${losable}${await response.text()}` });
  });

/**
 * Tests on one page a Playwright worker, whose network is the tiny one in place of the bundled one: software WebGPU tests itself for
 * longer than it computes, and once is enough.
 */
export const test = base.extend<object, { gpuPage: Page }>({
  gpuPage: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, acceptDownloads } = project.use;
      const context = await browser.newContext({ baseURL, viewport, acceptDownloads });
      const page = await context.newPage();
      await serveTinyNetwork(page, 'photos10');
      await makeDevicesLosable(page);
      await use(page);
      // Scripts of workers may still be on their way.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ gpuPage }, use) => {
    await use(gpuPage.context());
  },
  page: async ({ gpuPage }, use) => {
    await use(gpuPage);
  },
});

export { expect };
