import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds; `tdur` is the time that the thread itself ran. */
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** Processor time in milliseconds, which other programs on the machine do not lengthen as they do the clock's. */
export interface ProcessorTime {
  page: number;
  workers: number;
  /** Of one task of the page. */
  longestTask: number;
}

/**
 * What threads of the page's process spend between the marks `begun` and `done` that the page sets (`performance.mark`) during `work`;
 * the longest task is that of the whole work.
 */
export async function processorTime(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<ProcessorTime> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const marks = traceEvents.filter(({ name }) => name === 'begun' || name === 'done');
  const [begun, done] = ['begun', 'done'].map((mark) => marks.findLast(({ name }) => name === mark));
  if (!begun || !done) throw new Error('The page set no marks.');
  const threads = new Map(
    traceEvents
      .filter(({ name, pid }) => name === 'thread_name' && pid === begun.pid)
      .map(({ tid, args }) => [tid, args?.name ?? '']),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid }) => name === 'ThreadControllerImpl::RunTask' && ph === 'X' && pid === begun.pid,
  );
  const spentBy = (thread: string) =>
    tasks
      .filter(({ tid, ts }) => threads.get(tid)?.startsWith(thread) && ts >= begun.ts && ts < done.ts)
      .reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
  const own = tasks.filter(({ tid, ts }) => tid === begun.tid && ts >= begun.ts);
  return {
    page: spentBy('CrRendererMain'),
    workers: spentBy('DedicatedWorker'),
    longestTask: Math.max(0, ...own.map(({ tdur = 0 }) => tdur / 1000)),
  };
}
