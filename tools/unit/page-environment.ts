import { builtinEnvironments, type Environment } from 'vitest/runtime';

const { jsdom } = builtinEnvironments;

/**
 * A page for tests that say `@vitest-environment page`: Vitest's own jsdom, in which `renewPage()` closes the window and opens
 * another, so that the files of a worker need not load jsdom one by one.
 */
export default {
  name: 'page',
  viteEnvironment: 'client',
  async setup(global, options) {
    let page = await jsdom.setup(global, options);
    const renewPage = async () => {
      await page.teardown(global);
      page = await jsdom.setup(global, options);
    };
    Object.defineProperty(global, 'renewPage', { value: renewPage });
    return { teardown: () => page.teardown(global) };
  },
} satisfies Environment;
