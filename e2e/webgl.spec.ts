import { enginePage } from '../playwright.config';
import { church, expectSameMaps, mapsOn, type OnBench } from './support/maps-by-method';
import { test } from './support/test';
import { serveTinyNetwork } from './support/tiny-network';

// On the engine's bare page: null models, weights of signs and trust would be computed beside every map otherwise.
test('every method gives the same maps on WebGL as on the CPU', async ({ page }) => {
  const body = await church();
  await serveTinyNetwork(page);
  await page.route('**/church.f32', (route) =>
    route.fulfill({ contentType: 'application/octet-stream', body }),
  );
  await page.goto(enginePage);
  await page.waitForFunction(() => 'bench' in window);
  const onBench: OnBench = (work, asked) => page.evaluate(work as never, asked);
  expectSameMaps(await mapsOn(onBench, 'webgl', /^WebGL/), await mapsOn(onBench, 'cpu', /^CPU/));
});
