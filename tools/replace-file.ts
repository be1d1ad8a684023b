import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** A file that appears as a whole or not at all: it is written beside and then moved, so that a failure leaves the one before and nothing else. */
export function replaceFile(file: string, content: string | Uint8Array): void {
  const beside = `${file}.new`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
