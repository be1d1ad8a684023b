import type { BackendReport } from '../src/engine/protocol';
import type { HeadlessTold, HeadlessTrainingMethods } from '../src/headless-training';
import { openHeadless } from './headless';

/** The training worker in a browser without a window. */
export interface TrainingPage {
  ask<K extends keyof HeadlessTrainingMethods & string>(
    method: K,
    request: HeadlessTrainingMethods[K]['request'],
    told?: (progress: unknown) => void,
  ): Promise<HeadlessTrainingMethods[K]['result']>;
  close(): Promise<void>;
}

/** @param folders served to the page, by the path they are served at */
export async function openTrainingPage(
  folders: Readonly<Record<string, string>> = {},
): Promise<TrainingPage> {
  const { page, close } = await openHeadless({ folders });
  let listener: (progress: unknown) => void = () => {};
  const told: HeadlessTold = async (_, progress) => listener(progress);
  await page.exposeFunction('trainingTold', told);
  return {
    async ask(method, request, onTold = () => {}) {
      listener = onTold;
      const asked = { method, request } as {
        method: 'open';
        request: HeadlessTrainingMethods['open']['request'];
      };
      return page.evaluate(
        (question) => window.supersign.training(question.method, question.request),
        asked,
      ) as never;
    },
    close,
  };
}

/** "wasm, 2 threads" */
export const backendWords = ({ name, adapter, threads }: BackendReport) =>
  `${name}, ${adapter ?? `${threads} ${threads === 1 ? 'thread' : 'threads'}`}`;
