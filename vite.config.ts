import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { assembly } from './tools/assembly.mjs';
import { fileList } from './tools/file-list.ts';

/** WebAssembly threads need SharedArrayBuffer, which browsers grant to isolated pages only. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), assembly(), fileList()],
  server: { headers: isolation },
  preview: { headers: isolation },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
    rolldownOptions: {
      input: {
        index: 'index.html',
        headless: 'headless.html',
        'service-worker': 'src/app/service-worker.ts',
      },
      output: {
        // A service worker serves the folder it lies in, under a name that never changes.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tools/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
