import type { Page } from '@playwright/test';
import { openPage } from '../harness/browser';
import { openSettled, settled } from '../harness/page';
import { growth, megabytesAfter, type PageMemory, pageMemory } from '../harness/page-memory';
import type { Part } from '../harness/part';
import { browserMemory } from '../harness/process-memory';
import type { Measured } from '../harness/row';

interface Sample extends PageMemory {
  analyses: number;
  /** Bytes of all processes of the browser. */
  processes: number | null;
  /** Milliseconds an analysis, since the sample before. */
  ms: number;
}

/** The built page, through class after class and picture after picture. */
export const soakPart: Part = {
  id: 'soak',
  async run({ browser, servers, quick }) {
    const [total, every] = quick ? [60, 20] : [1000, 50];
    const page = await openPage(browser);
    await openSettled(page, `${servers.page}/`);
    const curve: Sample[] = [];
    for (let done = 0; done < total; done += every) {
      const ms = await analyse(page, every);
      await settled(page);
      const memory = await pageMemory(page);
      curve.push({ analyses: done + every, ...memory, processes: await browserMemory(browser), ms });
    }
    await page.context().close();
    const growthOf = (bytes: (sample: Sample) => number) =>
      growth(curve.map((sample) => ({ done: sample.analyses, bytes: bytes(sample) })));
    const rows: Measured[] = [
      {
        what: `memory of page and workers, growth an analysis, over ${total} analyses in the built page`,
        result: growthOf(({ page, workers }) => page + workers),
        unit: 'kB',
        reach: 1,
        note: [curve[0], curve[curve.length - 1]]
          .map((each) => megabytesAfter(each, each.analyses))
          .join(', '),
      },
    ];
    if (curve[0].processes !== null) {
      rows.push({
        what: `memory of the browser's processes, growth an analysis, over the same`,
        result: growthOf(({ processes }) => processes ?? 0),
        unit: 'kB',
      });
    }
    return { rows, curve };
  },
};

/** Analyses one after the other: every tenth another picture, else another class. Gives milliseconds an analysis. */
async function analyse(page: Page, count: number): Promise<number> {
  const elements = {
    status: await page.getByRole('status').elementHandle(),
    classes: await page.getByRole('combobox', { name: 'Class to explain' }).elementHandle(),
  };
  return page.evaluate(
    async ({ count, ...elements }) => {
      const status = elements.status as HTMLElement;
      const classes = elements.classes as HTMLSelectElement;
      const isReady = () => status.textContent?.includes('Ready') ?? false;
      const until = (wanted: boolean) =>
        new Promise<void>((resolve, reject) => {
          const observer = new MutationObserver(() => isReady() === wanted && finish());
          const late = setTimeout(
            () => reject(new Error(`The status stays "${status.textContent}".`)),
            30_000,
          );
          const finish = () => {
            clearTimeout(late);
            observer.disconnect();
            resolve();
          };
          observer.observe(status, { childList: true, characterData: true, subtree: true });
          if (isReady() === wanted) finish();
        });
      const setValue = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set as (
        value: string,
      ) => void;
      const examples = [...document.querySelectorAll<HTMLElement>('button[aria-label^="Example: "]')];
      const started = performance.now();
      for (let done = 0; done < count; done++) {
        if (done % 10 === 9) {
          const shown = examples.findIndex((button) => button.ariaPressed === 'true');
          examples[(shown + 1) % examples.length].click();
        } else {
          const next = (classes.selectedIndex + 1) % classes.options.length;
          setValue.call(classes, classes.options[next].value);
          classes.dispatchEvent(new Event('change', { bubbles: true }));
        }
        await until(false);
        await until(true);
      }
      return (performance.now() - started) / count;
    },
    { count, ...elements },
  );
}
