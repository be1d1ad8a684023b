import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { absentPackages } from './absent-packages.mjs';
import { assembly } from './assembly.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Packages that are more than JavaScript, or that only some commands need: they are installed beside the package. */
const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
);
const outside = [...Object.keys(dependencies), ...Object.keys(optionalDependencies)];

/**
 * What Node runs of `tools/` and `src/`, in plain JavaScript. Packages of plain JavaScript go into it; those that are more stay what
 * they are.
 *
 * @param {string} folder in which the scripts come to lie
 */
export const buildCommands = (folder) =>
  build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [assembly(), withoutWorker()],
    resolve: { alias: absentPackages },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      minify: true,
      // Files that the engine reads by address go into the scripts: a folder of scripts may lie anywhere.
      assetsInlineLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: {
        input: {
          main: 'tools/study/main.ts',
          worker: 'tools/explain/worker.ts',
          'hdf5-thread': 'tools/node/hdf5-thread.ts',
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true, external: outside },
  });

/** jsdom looks for a script beside itself that only its `XMLHttpRequest` would start, which nothing asks for. */
function withoutWorker() {
  return {
    name: 'without-worker',
    transform: (code, id) =>
      id.includes('/jsdom/') && code.includes('require.resolve("./xhr-sync-worker.js")')
        ? { code: code.replace('require.resolve("./xhr-sync-worker.js")', '""'), map: null }
        : null,
  };
}
