import type { HeadlessStudyRequest } from '../study/run/headless-study';
import type { HeadlessTrainingMethods } from './headless-training';

/** What a program that drives this page can ask of it. */
export interface HeadlessPage {
  /** Runs a study and keeps nothing in the browser; results are handed to `window.report` as they come. */
  study(request: HeadlessStudyRequest): Promise<void>;
  /** Asks the training worker. */
  training<K extends keyof HeadlessTrainingMethods & string>(
    method: K,
    request: HeadlessTrainingMethods[K]['request'],
  ): Promise<HeadlessTrainingMethods[K]['result']>;
  /** The runner of the Study workspace, which keeps studies in the browser. */
  studies(): Promise<typeof import('../study/run/runner')>;
}

declare global {
  interface Window {
    supersign: HeadlessPage;
  }
}

window.supersign = {
  study: async (request) => (await import('../study/run/headless-study')).studyHeadless(request),
  training: async (method, request) => (await import('./headless-training')).askTrainer(method, request),
  studies: () => import('../study/run/runner'),
};
