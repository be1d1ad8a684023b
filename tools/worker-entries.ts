import type { Plugin } from 'vite';

/**
 * A plugin for workers: nothing that a worker loads later imports from its first script. WebKit does not know that script as a module, loads it a
 * second time for whoever imports from it, and then has two of everything: two engines that hear every message, two registries of kernels.
 */
export function workerEntries(): Plugin {
  return {
    name: 'worker-entries',
    options: (options) => ({ ...options, preserveEntrySignatures: 'strict' }),
  };
}
