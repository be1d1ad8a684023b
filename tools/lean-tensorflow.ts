import type { Plugin } from 'vite';

/**
 * Files of TensorFlow.js that say they do something when they are loaded, and do nothing that is wanted: they offer places to save models in,
 * and a platform that no browser is. What nothing else asks of them falls away.
 */
export const unwantedEffects = {
  test: /\/tfjs-core\/dist\/(io\/|platforms\/platform_node)/,
  sideEffects: false as const,
};

/** Leaves the optimisers of TensorFlow.js out of the page, which its first module registers: training has its own. */
export const leanTensorflow = (): Plugin => ({
  name: 'lean-tensorflow',
  apply: 'build',
  transform(code, id) {
    if (!/\/tfjs-core\/dist\/index\.js$/.test(id.split('?')[0])) return null;
    const lean = code.replace(/^registerOptimizers\(\);$/m, '');
    if (lean === code) this.error('TensorFlow.js registers its optimisers elsewhere now.');
    return { code: lean, map: null };
  },
});
