import { createHash } from 'node:crypto';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** What a class is called in the page: its name, and two letters for the sheet it stands in. Scripts and sheets both spell it out, so it is short. */
export function className(name: string, file: string): string {
  const sheet = path.relative(root, file.split('?')[0]).replaceAll('\\', '/');
  return `${name}-${createHash('sha256').update(sheet).digest('base64url').slice(0, 2)}`;
}
