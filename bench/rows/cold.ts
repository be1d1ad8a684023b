import { openPage } from '../harness/browser';
import type { Part } from '../harness/part';
import { median } from '../harness/statistics';

/** From a navigation with an empty cache to the frame that shows the first heat map. */
export const coldPart: Part = {
  id: 'cold',
  async run({ browser, servers, quick }) {
    const runs = quick ? 2 : 9;
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const page = await openPage(browser);
      await page.goto(`${servers.page}/`, { waitUntil: 'commit' });
      const shown = await page.waitForFunction(
        () => document.querySelector('[role=status]')?.textContent?.includes('Ready') && performance.now(),
        undefined,
        { polling: 'raf' },
      );
      times.push((await shown.jsonValue()) as number);
      await page.context().close();
    }
    return {
      rows: [
        {
          what: 'cold page, empty cache, local server, to the first heat map',
          result: median(times),
          unit: 'ms',
          reach: 2000,
          runs,
        },
      ],
    };
  },
};
