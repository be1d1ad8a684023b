import type { HeadlessTrainingMethods } from '../src/headless/headless-training';
import { openHeadless } from './headless';
import { InterruptedError } from './study/run-study';

/** The training worker in a browser without a window. */
export interface TrainingPage {
  ask<K extends keyof HeadlessTrainingMethods & string>(
    method: K,
    request: HeadlessTrainingMethods[K]['request'],
  ): Promise<HeadlessTrainingMethods[K]['result']>;
  /** Of the browser that it runs in, which unlike the time on the clock is not longer on a busy machine. */
  processorSeconds(): Promise<number>;
  close(): Promise<void>;
}

export interface TrainingPageOptions {
  /** Whether the page is built first, so that it is what the source says. */
  build: boolean;
  /** Served to the page, by the path they are served at. */
  folders?: Readonly<Record<string, string>>;
}

/** @throws HeadlessError where the page cannot be built, or there is no browser */
export async function openTrainingPage({ build, folders = {} }: TrainingPageOptions): Promise<TrainingPage> {
  const { page, close, processorSeconds } = await openHeadless({ build, folders });
  return {
    async ask(method, request) {
      const asked = { method, request } as {
        method: 'open';
        request: HeadlessTrainingMethods['open']['request'];
      };
      return page.evaluate(
        (question) => window.supersign.training(question.method, question.request),
        asked,
      ) as never;
    },
    processorSeconds,
    close,
  };
}

/**
 * Works with a training page, and closes it however that ends.
 * @param kept what an interruption leaves, in words
 * @throws InterruptedError where the signal ends it, HeadlessError
 */
export async function withTrainingPage(
  options: TrainingPageOptions,
  { signal, kept }: { signal: AbortSignal; kept: string },
  work: (page: TrainingPage) => Promise<void>,
): Promise<void> {
  const page = await openTrainingPage(options);
  const stop = () => void page.close();
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    await work(page);
  } catch (error) {
    throw signal.aborted ? new InterruptedError(kept) : error;
  } finally {
    signal.removeEventListener('abort', stop);
    if (!signal.aborted) await page.close();
  }
}
