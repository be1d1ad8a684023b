import type { Page } from '@playwright/test';
import { expect, forgetSelfTests, test } from './support/cleared-page';
import { status } from './support/explain-page';
import { serveTinyNetwork } from './support/tiny-network';
import { threadScripts, workerScripts } from './support/workers';

const javascript = (body: string) => ({
  contentType: 'text/javascript',
  headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' },
  body,
});

// How long what sticks is waited for, the unit tests of worker-start.ts and threads.ts tell.
test.beforeEach(async ({ page }) => {
  await forgetSelfTests(page);
  await serveTinyNetwork(page, 'photos10');
});

/** Threads end beside the page: those that are told to may be seen for a moment longer. */
const expectNoThreads = (page: Page) =>
  expect
    .poll(() => page.workers().filter((worker) => threadScripts.test(worker.url())).length, 'threads left')
    .toBe(0);

test('threads whose script never comes are left out, and the status says so', async ({ page }) => {
  await page.route(threadScripts, () => {});
  await page.goto('/#explain?image=golf-ball&backend=wasm');
  await expect(status(page)).toHaveText(
    /^WebAssembly computes on one thread: the others do not answer\. Ready: .* on WebAssembly \(1 thread\)/,
  );
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('threads that take no order are ended', async ({ page }) => {
  await page.route(threadScripts, (route) => route.fulfill(javascript(`self.postMessage('loaded');`)));
  await page.goto('/#explain?image=golf-ball&backend=wasm');
  await expect(status(page)).toHaveText(
    /^WebAssembly computes on one thread: the others do not answer\. Ready: .* on WebAssembly \(1 thread\)/,
  );
  await expectNoThreads(page);
});

test('an engine that never comes out of its self-test is ended, and the next one computes without threads', async ({
  page,
}) => {
  const selfTest = /\/assets\/self-test-[\w-]+\.js$/;
  let asked = 0;
  await page.route(selfTest, async (route) => {
    asked += 1;
    const script = await (await route.fetch()).text();
    const stuck = script.replace(
      /export\s*\{\s*\w+ as (\w+)\s*\}/,
      'const stuck = () => { for (;;); }; export{stuck as $1}',
    );
    expect(stuck).not.toBe(script);
    await route.fulfill(javascript(asked === 1 ? stuck : script));
  });
  await page.goto('/#explain?image=golf-ball&backend=wasm');
  await expect(status(page)).toHaveText(
    /^WebAssembly \(\d+ threads?\) stopped in its self-test\. Ready: .* on WebAssembly \(1 thread\)/,
  );
  await expectNoThreads(page);
});

test('an engine that ends during its start is replaced', async ({ page }) => {
  const ended = new Set<string>();
  await page.route(workerScripts, async (route) => {
    const address = route.request().url();
    const end = ended.has(address) ? '' : `if (self.name === 'supersign engine') self.close();\n`;
    ended.add(address);
    await route.fulfill(javascript(end + (await (await route.fetch()).text())));
  });
  await page.goto('/#explain?image=golf-ball&backend=wasm');
  await expect(status(page)).toContainText('Ready: 2 layers');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
