import { type Browser, chromium, type Page } from '@playwright/test';
import { quietFlags, systemChromium } from '../../tools/browser.mjs';

/** A Chromium without a window; every context in it starts with an empty cache. */
export const startBrowser = (webGpu: boolean, flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: systemChromium(),
    args: [
      ...quietFlags,
      // measureUserAgentSpecificMemory otherwise waits for the browser's own next collection, up to 20 s.
      '--enable-blink-features=ForceEagerMeasureMemory',
      ...(webGpu ? ['--enable-unsafe-webgpu'] : []),
      ...flags,
    ],
  });

/** A page in a context of its own, in a desktop's window. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // tsx names functions by a helper of its own, which is absent where a function of this file is sent to a page.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  return context.newPage();
}

/** Ids of the browser's processes. */
export async function browserProcesses(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.map(({ id }) => id);
}
