import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { absentPackages } from './tools/absent-packages.mjs';
import { assembly } from './tools/assembly.mjs';
import { className } from './tools/class-name.ts';
import { contentPolicyInPages } from './tools/content-policy.ts';
import { fileList } from './tools/file-list.ts';
import { firstFontInPages } from './tools/first-font.ts';
import { firstVisit } from './tools/first-visit.ts';
import { fixedName } from './tools/fixed-name.ts';
import { leanTensorflow, unwantedEffects } from './tools/lean-tensorflow.ts';
import { sharedWorkers } from './tools/shared-workers.ts';
import { transformsKept } from './tools/unit/transforms-kept.ts';
import { pageEnvironment, unitProjects } from './tools/unit-projects.ts';

/** WebAssembly threads need SharedArrayBuffer, which browsers grant to isolated pages only. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [
    sharedWorkers(),
    firstVisit(),
    react(),
    assembly(),
    leanTensorflow(),
    fixedName('src/app/service-worker.ts', 'service-worker.js', 'iife'),
    fixedName('src/element/supersign-explain.ts', 'element.js', 'es'),
    fileList(),
    contentPolicyInPages(),
    transformsKept(),
    firstFontInPages(),
  ],
  resolve: { alias: { ...absentPackages, ...pageEnvironment } },
  server: { headers: isolation },
  preview: { headers: isolation },
  worker: { format: 'es' },
  css: { modules: { localsConvention: 'camelCaseOnly', generateScopedName: className } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
    rolldownOptions: {
      treeshake: {
        // Whoever imports one figure is not to load all of them.
        moduleSideEffects: [{ test: /\/src\/(figures|semiotics)\//, sideEffects: false }, unwantedEffects],
      },
      // What most of what computes shares is one file, not one for every operation.
      output: {
        codeSplitting: { groups: [{ name: 'tensors', test: /tfjs-core.dist.ops/, minShareCount: 4 }] },
      },
      input: {
        index: 'index.html',
        headless: 'headless.html',
      },
    },
  },
  test: {
    projects: unitProjects(),
    setupFiles: ['tools/unit-setup.ts'],
    experimental: { fsModuleCache: true },
    // Vitest itself would leave one core idle: on two it works on one.
    maxWorkers: availableParallelism(),
    // A component's classes are called in tests what its style sheet calls them.
    css: { include: [/\.module\.css$/], modules: { classNameStrategy: 'non-scoped' } },
    // What is waited for comes, however busy the machine is.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
