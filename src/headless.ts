import type { HeadlessStudyRequest } from './study/headless-study';

/** What a program that drives this page can ask of it. */
export interface HeadlessPage {
  /** Runs a study; results are handed to `window.report` as they come. */
  study(request: HeadlessStudyRequest): Promise<void>;
}

declare global {
  interface Window {
    supersign: HeadlessPage;
  }
}

window.supersign = {
  study: async (request) => (await import('./study/headless-study')).studyHeadless(request),
};
