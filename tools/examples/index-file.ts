import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Example } from '../../src/state/explain-store';

/** Where the page looks for its example pictures. */
export const examplesFolder = fileURLToPath(new URL('../../public/examples/', import.meta.url));

const file = `${examplesFolder}index.json`;

export const readIndex = (): Example[] => JSON.parse(readFileSync(file, 'utf8'));

/** Replaces the examples of one network; those of others stay as they are. */
export function writeIndex(network: string, examples: Omit<Example, 'network'>[]): void {
  const others = readIndex().filter((example) => example.network !== network);
  const own = examples.map((example) => ({ network, ...example }));
  const all = network === 'photos10' ? [...own, ...others] : [...others, ...own];
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}
