import { expect, forgetSelfTests, test } from './support/cleared-page';
import { openPage, predictions, status } from './support/explain-page';
import { serveTinyNetwork } from './support/tiny-network';

/** Vector instructions in WebAssembly's binary format: f32x4.mul and f32x4.add. */
const multiply = Buffer.from([0xfd, 0xe6, 0x01]);
const add = Buffer.from([0xfd, 0xe4, 0x01]);

test.beforeEach(async ({ page }) => {
  await forgetSelfTests(page);
  await serveTinyNetwork(page, 'photos10');
});

test('a backend that computes wrongly is skipped, the status says so, and the next one gives the right answer', async ({
  page,
}) => {
  await openPage(page, '#explain?image=golf-ball&backend=cpu');
  const sound = await predictions(page);

  // A machine that adds where it should multiply: the module loads and runs all the same.
  await page.route(/(shared|single)[^/]*\.wasm$/, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    for (let at = body.indexOf(multiply); at >= 0; at = body.indexOf(multiply, at)) add.copy(body, at);
    await route.fulfill({ response, body });
  });
  await page.evaluate(() => {
    location.hash = '#explain?image=golf-ball&backend=wasm';
  });
  await expect(status(page)).toHaveText(
    /^WebAssembly \(\d+ threads?\) failed its self-test \([a-z1-9 ,-]+: -?[\d.]+ instead of -?[\d.]+\)\. .*Ready: 2 layers in \d+\.\d\d s on CPU/,
  );
  expect(await predictions(page)).toEqual(sound);
});

test('WebGL computes where the address asks for it', async ({ page }) => {
  await page.goto('/#explain?image=golf-ball&backend=webgl');
  // Computed in software: seconds on a quiet machine, more than a minute on a busy one.
  await expect(status(page)).toHaveText(/Ready: 2 layers in \d+\.\d\d s on WebGL/, { timeout: 120_000 });
});

test('a backend that passed is trusted on the next visit', async ({ page }) => {
  const trusted = () =>
    page.evaluate(async () => {
      const cache = await caches.open('supersign-self-tests');
      return (await cache.keys()).map(({ url }) => new URL(url).searchParams.get('backend'));
    });
  await openPage(page);
  await expect.poll(trusted).toEqual([expect.stringMatching(/^WebAssembly \(\d+ threads?\)$/)]);
  await page.reload();
  await expect(status(page)).toContainText('Ready: 2 layers');
  expect(await trusted()).toHaveLength(1);
});
