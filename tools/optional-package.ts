import packaged from '../package.json';
import { isClone, root } from './bundled';

/** A package that only some commands need. */
export type OptionalPackage = keyof typeof packaged.optionalDependencies;

/** The one command that installs it where this command line looks for it: a clone, the npm package, or the Python package. */
export const installs = (name: OptionalPackage): string =>
  isClone ? 'npm ci' : `npm install --prefix "${root}" ${name}@${packaged.optionalDependencies[name]}`;
