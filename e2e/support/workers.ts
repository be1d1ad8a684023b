import type { Page, Worker } from '@playwright/test';

/** Addresses that the bundler gives to the scripts of the page's own workers. */
export const workerScripts = /\/assets\/(?:\w+-)?worker-[\w-]{8}\.js$/;

/** The same of threads. */
export const threadScripts = /\/assets\/(?:\w+-)?thread-[\w-]{8}\.js$/;

/** The running worker of a name: "supersign engine" or "supersign measures". */
export async function workerNamed(page: Page, name: string): Promise<Worker> {
  for (const worker of page.workers().filter((one) => workerScripts.test(one.url()))) {
    if ((await worker.evaluate(() => self.name)) === name) return worker;
  }
  throw new Error(`No worker "${name}" is running.`);
}
