import type { NamedFile } from '../explain/open';

/** Takes what was dropped on the workspace. */
export async function openFiles(_files: NamedFile[]): Promise<void> {}
