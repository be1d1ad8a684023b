import type { Page } from '@playwright/test';
import { openPage } from './support/explain-page';
import { expect, test } from './support/test';

/** What the page's policy has refused so far: the directive, and what it was about. */
const refused = (page: Page) => page.evaluate(() => (window as unknown as { refused: string[] }).refused);

test('the page lets no script in that is not a file of its own, and violates nothing itself', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      refused.push(`${effectiveDirective} ${blockedURI}`),
    );
  });
  await openPage(page);
  await test.step('an analysis violates nothing', async () => {
    expect(await refused(page)).toEqual([]);
  });
  await test.step('scripts that are not files of the page do not run', async () => {
    await page.evaluate(() => {
      const run = (set: (script: HTMLScriptElement) => void) => {
        const script = document.createElement('script');
        set(script);
        document.head.append(script);
      };
      run((script) => {
        script.textContent = 'window.ran = "inline"';
      });
      run((script) => {
        script.src = 'data:text/javascript,window.ran="data"';
      });
      run((script) => {
        script.src = URL.createObjectURL(new Blob(['window.ran = "blob"'], { type: 'text/javascript' }));
      });
      run((script) => {
        script.src = 'https://example.invalid/script.js';
      });
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," alt="" onerror="window.ran = 1">');
    });
    await expect
      .poll(async () => (await refused(page)).sort())
      .toEqual([
        'script-src-attr inline',
        'script-src-elem blob',
        'script-src-elem data',
        'script-src-elem https://example.invalid/script.js',
        'script-src-elem inline',
      ]);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });
  await test.step('workers that are not files of the page do not start, and text does not become a script', async () => {
    const worker = await page.evaluate(async () => {
      const blob = URL.createObjectURL(new Blob(['postMessage("ran")'], { type: 'text/javascript' }));
      return new Promise((resolve) => {
        try {
          const worker = new Worker(blob);
          worker.onmessage = () => resolve('ran');
          worker.onerror = () => resolve('refused');
        } catch {
          resolve('refused');
        }
      });
    });
    expect(worker).toBe('refused');
    const made = await page.evaluate(
      () =>
        new Promise((resolve) => {
          // Later, since what is evaluated from outside may do more than the page.
          setTimeout(() => {
            try {
              resolve(new Function('return "ran"')());
            } catch {
              resolve('refused');
            }
          });
        }),
    );
    expect(made).toBe('refused');
  });
});
