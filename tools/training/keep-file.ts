import { replaceFile } from '../replace-file';

/**
 * Replaces a file that a long run goes on from.
 * @throws Error that says what to do where the disk is full
 */
export function keepFile(file: string, text: string): void {
  try {
    replaceFile(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new Error(
      `There is no room left for ${file}. What was there before is whole: make room, and give the same command again to go on from it.`,
    );
  }
}
