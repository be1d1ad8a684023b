import { existsSync } from 'node:fs';
import path from 'node:path';

/** The clone, or the package that these sources were built into. */
export const root = path.resolve(import.meta.dirname, '..');

/** Whether the sources are here: what a package holds is built already, and nothing of it is replaced. */
export const isClone = existsSync(path.join(root, 'src/main.tsx'));

/** Where the networks lie that come with the page, in a clone or a package. */
export const networksIn = (folder: string) =>
  ['public/networks', 'dist/networks']
    .map((each) => path.join(folder, each))
    .find((each) => existsSync(each)) ?? folder;

export const networks = networksIn(root);

/** Where the example pictures lie. */
export const examples = path.join(path.dirname(networks), 'examples');
