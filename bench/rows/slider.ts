import type { Page } from '@playwright/test';
import { openPage } from '../harness/browser';
import { openSettled } from '../harness/page';
import type { Part } from '../harness/part';
import { median, quantile } from '../harness/statistics';

interface Step {
  /** Milliseconds from the step to the end of the frame that shows it. */
  ms: number;
  /** Whether a canvas was drawn on before that frame ended. */
  drawn: boolean;
}

/**
 * When a step is made: at the start of a frame, with rest before it; at any moment, with rest before it; or in every
 * frame, without rest.
 */
type Moment = 'frame' | 'any' | 'every frame';

/**
 * A step of the slider, measured four ways. At the start of a frame: script, style, layout and paint, without any wait. At any
 * moment: the same with the wait for the frame, which alone is 16 ms in the worst twentieth at 60 frames a second. In every frame:
 * scrubbing, as fast as frames come. By the browser's Event Timing: from a key press to the frame on screen.
 */
export const sliderPart: Part = {
  id: 'slider',
  async run({ browser, servers, quick }) {
    const page = await openPage(browser);
    await openSettled(page, `${servers.page}/`);
    const runs = quick ? 36 : 240;
    await stepSlider(page, 24, 'frame');
    const work = await stepSlider(page, runs, 'frame');
    const any = await stepSlider(page, runs, 'any');
    const scrubbed = await stepSlider(page, runs, 'every frame');
    const keys = await pressKeys(page, runs / 2);
    await page.context().close();
    return {
      rows: [
        {
          what: 'slider step to paint, beyond the wait for the frame, 95th percentile',
          result: quantile(ms(work), 0.95),
          unit: 'ms',
          reach: 12,
          runs,
          note: `median ${median(ms(work)).toFixed(1)} ms`,
        },
        {
          what: 'slider steps that their first frame does not show',
          result: work.filter(({ drawn }) => !drawn).length / runs,
          unit: 'share',
          reach: 0,
          runs,
        },
        {
          what: 'slider step to paint, with the wait for the frame, 95th percentile',
          result: quantile(ms(any), 0.95),
          unit: 'ms',
          runs,
          note: `median ${median(ms(any)).toFixed(1)} ms; the wait alone has 15.8 and 8.3`,
        },
        {
          what: 'slider steps made in every frame, time of a step, 95th percentile',
          result: quantile(ms(scrubbed), 0.95),
          unit: 'ms',
          runs,
          note: `median ${median(ms(scrubbed)).toFixed(1)} ms; waits for the frame before to be composed`,
        },
        {
          what: 'key press to the frame on screen by Event Timing, 95th percentile',
          result: quantile(keys, 0.95),
          unit: 'ms',
          runs: keys.length,
          note: 'in steps of 8 ms; what takes less than 16 counts as 16',
        },
      ],
    };
  },
};

const ms = (steps: Step[]) => steps.map((step) => step.ms);

async function stepSlider(page: Page, count: number, moment: Moment): Promise<Step[]> {
  const element = await page.getByRole('slider', { name: 'Layer' }).elementHandle();
  return page.evaluate(
    async ({ element, count, moment }) => {
      const slider = element as HTMLInputElement;
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set as (
        value: string,
      ) => void;
      const { prototype } = CanvasRenderingContext2D;
      const { clearRect } = prototype;
      let drawn = false;
      prototype.clearRect = function (...box) {
        drawn = true;
        clearRect.apply(this, box);
      };
      // A message sent in a frame's callback arrives after that frame was painted.
      const painted = () =>
        new Promise<void>((resolve) => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve();
          channel.port2.postMessage(null);
        });
      const frame = () => new Promise(requestAnimationFrame);
      const layers = Number(slider.max) + 1;
      const steps: { ms: number; drawn: boolean }[] = [];
      for (let step = 0; step < count; step++) {
        if (moment !== 'every frame') {
          await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 50));
        }
        if (moment !== 'any') await frame();
        drawn = false;
        const started = performance.now();
        setValue.call(slider, String(step % layers));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        if (moment === 'any') await frame();
        await painted();
        steps.push({ ms: performance.now() - started, drawn });
      }
      prototype.clearRect = clearRect;
      return steps;
    },
    { element, count, moment },
  );
}

/** Milliseconds from key press to frame; 16 for those too short to be told. */
async function pressKeys(page: Page, count: number): Promise<number[]> {
  const slider = page.getByRole('slider', { name: 'Layer' });
  await slider.focus();
  await page.evaluate(() => {
    const told: number[] = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keydown') told.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    Object.assign(window, { told });
  });
  for (let press = 0; press < count; press++) {
    // Up and down between two layers, so that every press is a step.
    await page.keyboard.press(press % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    await page.waitForTimeout(20 + (press % 7) * 5);
  }
  const told = await page.evaluate(() => (window as unknown as { told: number[] }).told);
  return [...told, ...new Array<number>(Math.max(0, count - told.length)).fill(16)];
}
