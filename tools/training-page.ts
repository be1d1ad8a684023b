import { spawnSync } from 'node:child_process';
import path from 'node:path';
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

const root = path.resolve(import.meta.dirname, '..');

export interface TrainingPageOptions {
  /** Whether the page is built first, so that it is what the source says. */
  build: boolean;
  /** Served to the page, by the path they are served at. */
  folders?: Readonly<Record<string, string>>;
}

/** @throws Error where the page cannot be built, HeadlessError where there is no browser */
export async function openTrainingPage({ build, folders = {} }: TrainingPageOptions): Promise<TrainingPage> {
  if (build) {
    const vite = path.join(root, 'node_modules/vite/bin/vite.js');
    const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', process.stderr, process.stderr],
    });
    if (status !== 0) throw new Error('The page could not be built; the messages above say why.');
  }
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
