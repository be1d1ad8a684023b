import { alert, openPage, ready, saliencyCanvas, status } from './support/explain-page';
import { drop } from './support/files';
import { expect, test } from './support/test';
import { openNetworkFiles, serveTinyNetwork } from './support/tiny-network';

test.beforeEach(({ page }) => serveTinyNetwork(page, 'photos10'));

test('where the browser forbids every store the page works, and says so in one sentence', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const forbid = (on: object, name: string) =>
      Object.defineProperty(on, name, {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) forbid(window, name);
    for (const name of ['storage', 'locks', 'serviceWorker']) forbid(Navigator.prototype, name);
  });
  await openPage(page);
  await expect(saliencyCanvas(page)).toBeVisible();
  await expect(alert(page)).toHaveText(
    /^Nothing is kept for another visit: this browser does not let the page keep anything\./,
  );
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await expect(page.getByRole('button', { name: 'Light colours' })).toBeVisible();
  await drop(page, ...openNetworkFiles());
  await expect(status(page)).toHaveText(/^model is not kept for the next visit: .*Ready: \d+ layers?/);
  // Neither another picture nor another workspace says it again.
  await page.getByRole('tab', { name: 'Optimise' }).click();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Study' }).click();
  await expect(page.getByRole('button', { name: 'Examples' })).toBeVisible();
  await expect(alert(page)).toHaveCount(1);
});

test('where stores never answer the page is there all the same', async ({ page }) => {
  await page.addInitScript(() => {
    const never = () => new Promise<never>(() => {});
    CacheStorage.prototype.open = never;
    StorageManager.prototype.getDirectory = never;
    LockManager.prototype.request = never;
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await page.goto('/#explain?model=file:pears');
  await expect(alert(page).first()).toContainText('Networks of earlier visits could not be read');
  await ready(page);
  await expect(saliencyCanvas(page)).toBeVisible();
});
