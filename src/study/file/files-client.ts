import { createWorkerClient } from '../../rpc/worker-client';
import type { StudyFileMethods } from './files-protocol';

/**
 * Reads or writes the file of a study in a worker of its own, which ends with it: the text of ten thousand pictures' numbers is some
 * 50 MB.
 */
export async function askForFile<Name extends keyof StudyFileMethods>(
  name: Name,
  request: StudyFileMethods[Name]['request'],
): Promise<StudyFileMethods[Name]['result']> {
  const client = createWorkerClient<StudyFileMethods>(
    () =>
      new Worker(new URL('./files-worker.ts', import.meta.url), {
        type: 'module',
        name: 'supersign study file',
      }),
  );
  try {
    return await client.call(name, request);
  } finally {
    client.end();
  }
}
