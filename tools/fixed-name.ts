import path from 'node:path';
import { build } from 'vite';

/**
 * Builds a script by itself, in one file, under a name that never changes, in the folder of the page: the service worker, because
 * browsers load no modules into one alike and it serves the folder it lies in; the element, because other pages name it.
 */
export const fixedName = (entry: string, name: string, format: 'iife' | 'es') => {
  let folder = '';
  return {
    name: `fixed-name ${name}`,
    apply: 'build' as const,
    configResolved({ root, build }: { root: string; build: { outDir: string } }) {
      folder = path.resolve(root, build.outDir);
    },
    async closeBundle() {
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        build: {
          target: 'es2022',
          outDir: folder,
          emptyOutDir: false,
          rolldownOptions: {
            input: entry,
            preserveEntrySignatures: 'strict',
            output: { format, entryFileNames: name },
          },
        },
      });
    },
  };
};
