import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { frameScript } from '../src/workspaces/explain/picture/frame-script.ts';

/** The one text that runs, in a frame without rights: it draws SVG files. */
const frame = createHash('sha256').update(frameScript).digest('base64');

/**
 * What a built page may load and run. Scripts and workers come from its own files alone; nothing inline but the script of the frame that draws,
 * no text made into a script. Pictures and
 * networks come from any address that a user gives.
 */
export const contentPolicy = [
  `default-src 'self'`,
  `script-src 'self' 'wasm-unsafe-eval' 'sha256-${frame}'`,
  `worker-src 'self'`,
  `connect-src 'self' https: http: blob: data:`,
  `img-src 'self' https: http: blob: data:`,
  `media-src 'self' blob:`,
  `font-src 'self' data:`,
  // Charts carry style attributes.
  `style-src 'self' 'unsafe-inline'`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

/** Writes the policy into every page that is built, before all else, so that every host has it. Development needs inline scripts. */
export const contentPolicyInPages = (): Plugin => ({
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentPolicy },
      injectTo: 'head-prepend',
    },
  ],
});
