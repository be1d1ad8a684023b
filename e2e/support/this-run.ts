import path from 'node:path';
import { root } from './files';

/** A place for what is made once a run, for all of its Playwright workers; `npm test` clears the folder around it. */
export const ofThisRun = (name: string): string =>
  path.join(root, '.reports', `${name}-${process.env.SUPERSIGN_RUN}`);
