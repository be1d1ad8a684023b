import type { Plugin } from 'vite';

/** `new URL('./thread.ts', import.meta.url)` where a worker is started from it. */
const workerUrl = /new URL\(\s*'(\.[^']+)',\s*import\.meta\.url\s*\)/g;

/**
 * Builds workers as entries of the page's own build, so that all share their chunks. Vite by itself builds every worker apart, with
 * a copy of TensorFlow.js in each.
 */
export const sharedWorkers = (): Plugin => ({
  name: 'shared-workers',
  apply: 'build',
  enforce: 'pre',
  config: () => ({
    build: {
      // What workers load too cannot ask for more by links in a document; styles still come so.
      modulePreload: { resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []) },
    },
  }),
  async transform(code, id) {
    if (!code.includes('new Worker(') || !/\.tsx?$/.test(id)) return null;
    let changed = code;
    for (const [whole, specifier] of code.matchAll(workerUrl)) {
      const resolved = await this.resolve(specifier, id);
      if (!resolved) this.error(`${id}: there is no worker ${specifier}`);
      // Strict: nothing else imports from a worker's first script. WebKit does not know that script as a module, loads it a second
      // time for whoever imports from it, and then has two of everything: two engines that hear every message, two registries.
      const reference = this.emitFile({ type: 'chunk', id: resolved.id, preserveSignature: 'strict' });
      changed = changed.replace(whole, `import.meta.ROLLUP_FILE_URL_${reference}`);
    }
    return { code: changed, map: null };
  },
  // What Vite puts around imports tells a window of those that fail; in a worker there is none.
  renderChunk(code) {
    if (!code.includes('vite:preloadError')) return null;
    return { code: code.replaceAll('window.dispatchEvent', 'globalThis.dispatchEvent'), map: null };
  },
});
