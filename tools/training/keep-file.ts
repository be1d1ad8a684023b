import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Written beside and then moved, so that a crash leaves the one before.
 * @throws Error that says what to do where the disk is full
 */
export function keepFile(file: string, text: string): void {
  const beside = `${file}.new`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new Error(
      `There is no room left for ${file}. What was there before is whole: make room, and give the same command again to go on from it.`,
    );
  }
}
