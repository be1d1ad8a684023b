import path from 'node:path';
import { defineConfig } from 'vite';
import { assembly } from '../../tools/assembly.mjs';
import { workerEntries } from '../../tools/worker-entries.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The engine on a page of its own: what the bench times and the memory test soaks. Not part of the product. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [assembly()],
  publicDir: path.join(root, 'public'),
  worker: { format: 'es', plugins: () => [workerEntries()] },
  preview: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
  },
  build: {
    outDir: path.join(root, '.reports/bench-page'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
  },
});
