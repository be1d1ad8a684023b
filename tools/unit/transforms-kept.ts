import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import type {} from 'vitest/config';

const root = path.resolve(import.meta.dirname, '../..');

const KEPT = Symbol.for('supersign: what transforms hang on');

/** What the text of a module does not tell of what becomes of it: which files there are for its imports to lead to, and how TypeScript is read. */
function surroundings(): string {
  const names = ['src', 'tools', 'e2e', 'bench'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }),
  );
  const configuration = readFileSync(path.join(root, 'tsconfig.json'), 'utf8');
  return createHash('sha256').update(names.sort().join('\n')).update(configuration).digest('hex');
}

/**
 * Vitest keeps what modules were transformed to (`experimental.fsModuleCache`), for the six worlds of a run and for later runs, by text, options and
 * versions. It would keep the places of imports too when a file of another name has taken the place of one: so these belong to the key.
 */
export const transformsKept = (): Plugin => ({
  name: 'transforms-kept',
  configureVitest({ experimental_defineCacheKeyGenerator }) {
    // For every world the same.
    const kept = globalThis as { [KEPT]?: string };
    kept[KEPT] ??= surroundings();
    const key = kept[KEPT];
    experimental_defineCacheKeyGenerator(() => key);
  },
});
