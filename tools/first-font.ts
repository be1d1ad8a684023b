import type { Plugin } from 'vite';

/** The letters of the page's first words: Latin, all weights in one file. */
const letters = /inter-latin-wght-normal-.*\.woff2$/;

/** Has a built page ask for its letters along with its scripts: words drawn in other letters first would move when theirs come. */
export const firstFontInPages = (): Plugin => ({
  name: 'first-font',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle, path }) =>
      path !== '/index.html'
        ? []
        : Object.keys(bundle ?? {})
            .filter((name) => letters.test(name))
            .map((name) => ({
              tag: 'link',
              attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${name}` },
              injectTo: 'head-prepend' as const,
            })),
  },
});
