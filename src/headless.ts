import type { HeadlessStudyRequest } from './study/headless-study';

/** What a program that drives this page can ask of it. */
export interface HeadlessPage {
  /** Runs a study and keeps nothing in the browser; results are handed to `window.report` as they come. */
  study(request: HeadlessStudyRequest): Promise<void>;
  /** The runner of the Study workspace, which keeps studies in the browser. */
  studies(): Promise<typeof import('./study/runner')>;
}

declare global {
  interface Window {
    supersign: HeadlessPage;
  }
}

window.supersign = {
  study: async (request) => (await import('./study/headless-study')).studyHeadless(request),
  studies: () => import('./study/runner'),
};
