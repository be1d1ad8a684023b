import { openPage, startBrowser } from '../harness/browser';
import { openSettled } from '../harness/page';
import { growth, megabytesAfter, type PageMemory, pageMemory } from '../harness/page-memory';
import type { Part } from '../harness/part';

interface Sample extends PageMemory {
  frames: number;
}

/** Live pictures of a camera: the browser's own moving test pattern, explained frame after frame. */
export const cameraPart: Part = {
  id: 'camera',
  async run({ servers, quick }) {
    const [total, every] = quick ? [60, 20] : [1000, 50];
    const browser = await startBrowser(false, [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ]);
    try {
      const page = await openPage(browser);
      await openSettled(page, `${servers.page}/`);
      await page.getByRole('button', { name: 'Camera', exact: true }).click();
      const camera = page.getByRole('dialog', { name: 'Camera' });
      await camera.getByRole('button', { name: 'Explain live' }).click();
      const count = camera.getByText(/^[\d,]+ frames?$/);
      const framesNow = async () => Number.parseInt((await count.textContent())?.replace(',', '') ?? '0', 10);
      const started = Date.now();
      const curve: Sample[] = [];
      // Frames go by while memory is measured, many of them on a busy machine.
      for (let frames = 0; frames < total; ) {
        while ((await framesNow()) < frames + every) await page.waitForTimeout(100);
        const memory = await pageMemory(page);
        frames = await framesNow();
        curve.push({ frames, ...memory });
      }
      const seconds = (Date.now() - started) / 1000;
      const last = curve[curve.length - 1];
      return {
        rows: [
          {
            what: `memory of page and workers, growth a frame, over ${total} frames and more of a live camera`,
            result: growth(
              curve.map(({ frames, page, workers }) => ({ done: frames, bytes: page + workers })),
            ),
            unit: 'kB',
            reach: 1,
            note: [curve[0], last].map((sample) => megabytesAfter(sample, sample.frames)).join(', '),
          },
          {
            what: 'live camera (a test pattern of 20 frames a second), frames explained a second',
            result: last.frames / seconds,
            unit: 'frames',
          },
        ],
        curve,
      };
    } finally {
      await browser.close();
    }
  },
};
