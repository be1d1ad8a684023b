import { openPage } from '../harness/browser';
import { openSettled } from '../harness/page';
import type { Part } from '../harness/part';
import { median, quantile } from '../harness/statistics';

const longestMs = 15_000;

/** Intervals between frames while the layers are played. */
export const animationPart: Part = {
  id: 'animation',
  async run({ browser, servers, quick }) {
    const page = await openPage(browser);
    await openSettled(page, `${servers.page}/`);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    const intervals = await page.evaluate(
      (longest) =>
        new Promise<number[]>((resolve) => {
          const intervals: number[] = [];
          let last = performance.now();
          const end = last + longest;
          const playing = () =>
            [...document.querySelectorAll('button')].some(({ textContent, ariaLabel }) =>
              [textContent?.trim(), ariaLabel].includes('Pause'),
            );
          requestAnimationFrame(function frame() {
            const now = performance.now();
            intervals.push(now - last);
            last = now;
            if (now < end && playing()) requestAnimationFrame(frame);
            else resolve(intervals.slice(1));
          });
        }),
      quick ? 2000 : longestMs,
    );
    await page.context().close();
    const frames = intervals.length;
    return {
      rows: [
        { what: 'frame interval while playing, median', result: median(intervals), unit: 'ms', runs: frames },
        {
          what: 'frame interval while playing, 95th percentile',
          result: quantile(intervals, 0.95),
          unit: 'ms',
          reach: 33.4,
          runs: frames,
        },
        {
          what: 'frames while playing that took over 33 ms',
          result: intervals.filter((interval) => interval > 33.4).length / frames,
          unit: 'share',
          reach: 0.05,
          runs: frames,
        },
      ],
    };
  },
};
