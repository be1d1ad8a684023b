import { launch, type Page } from 'puppeteer-core';
import { quietFlags, systemChromium } from '../../tools/browser.mjs';

/** A page in a browser of its own, to whose network nobody listens. */
export interface UnlistenedPage {
  page: Page;
  /** Ids of the browser's processes. */
  processes(): Promise<number[]>;
  close(): Promise<void>;
}

/**
 * Opens a page as a person has it. Playwright listens to the network of every page and worker, and a process that is listened to keeps up to 200 MB
 * of answers for each: its memory is not that of the page.
 */
export async function openUnlistened(): Promise<UnlistenedPage> {
  const executablePath = systemChromium();
  if (!executablePath) throw new Error('There is no Chromium here; CHROMIUM_PATH says where one is.');
  const browser = await launch({
    executablePath,
    args: quietFlags,
    headless: true,
    networkEnabled: false,
    defaultViewport: { width: 1440, height: 900 },
  });
  const session = await browser.target().createCDPSession();
  const [page] = await browser.pages();
  return {
    page,
    async processes() {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.map(({ id }) => id);
    },
    close: () => browser.close(),
  };
}
