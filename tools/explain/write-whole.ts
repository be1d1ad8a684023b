import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../replace-file';

/** Writes a file that appears as a whole or not at all, in a folder that is made where it is missing. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(file, content);
}
