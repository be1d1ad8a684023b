import { expect, test } from './support/cleared-page';
import { serveTinyNetwork } from './support/tiny-network';

const article = `<!doctype html><title>Three pictures</title>
  <script type="module" src="/element.js"></script>
  <script>
    window.told = [];
    addEventListener('supersign-settled', ({ target }) => told.push(target.id + ' settled'));
    addEventListener('supersign-analysis', ({ target, detail }) => {
      const { image, layers, settings } = JSON.parse(detail);
      target.told = [image.source, settings.view.layer, layers.length];
    });
    addEventListener('supersign-view', ({ target, detail }) => {
      target.told[1] = detail.layer;
    });
  </script>
  <supersign-explain id="a" image="golf-ball" layer="b"><p>A golf ball.</p></supersign-explain>
  <supersign-explain id="b" image="tench" layer="a"></supersign-explain>
  <supersign-explain id="c" image="church" layer="b"></supersign-explain>`;

test('an article holds three instruments, which load one after the other and say what they show', async ({
  page,
}) => {
  await serveTinyNetwork(page, 'photos10');
  await page.route('**/article.html', (route) => route.fulfill({ contentType: 'text/html', body: article }));
  await page.setViewportSize({ width: 1000, height: 2400 });
  await page.goto('/article.html');
  const frames = page.locator('supersign-explain iframe');
  await expect(frames.first()).toBeVisible();
  // Never more of them than are done and one.
  const most = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { told } = window as unknown as { told: string[] };
        let ahead = 0;
        const look = () => {
          const begun = [...document.querySelectorAll('supersign-explain')].filter((each) =>
            each.shadowRoot?.querySelector('iframe'),
          ).length;
          ahead = Math.max(ahead, begun - told.length);
          if (told.length === 3) resolve(ahead);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  expect(most).toBe(1);
  const told = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('supersign-explain')].map((each) => (each as { told?: unknown }).told),
    );
  await expect.poll(told).toEqual([
    ['golf-ball', 'b', 2],
    ['tench', 'a', 2],
    ['church', 'b', 2],
  ]);
  await page.locator('#a').evaluate((element) => element.setAttribute('layer', 'a'));
  await expect.poll(async () => (await told())[0]).toEqual(['golf-ball', 'a', 2]);
});
