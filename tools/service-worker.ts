import path from 'node:path';
import { build } from 'vite';

/**
 * Builds the service worker: in one file, since browsers load no modules into one alike, and under a name that never changes, in the
 * folder that it serves.
 */
export const serviceWorker = (entry: string) => {
  let folder = '';
  return {
    name: 'service-worker',
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
            output: { format: 'iife', entryFileNames: 'service-worker.js' },
          },
        },
      });
    },
  };
};
