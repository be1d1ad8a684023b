import { createWorkerClient } from '../rpc/worker-client';
import type { AnalysisFile } from './analysis-schema';

/** What the worker that reads analyses can be asked. */
export type ReadingMethods = {
  read: { request: { file: Blob }; result: AnalysisFile | null; progress: never };
};

const reader = createWorkerClient<ReadingMethods>(
  () =>
    new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module', name: 'supersign files' }),
);

/**
 * The analysis that a file is, or that an exported PNG carries, read in a worker: whatever it unpacks to, the page goes on.
 * @returns null for a PNG without one, or a damaged PNG, which the decoder of pictures then names
 * @throws Error named AnalysisFileError where it cannot be opened
 */
export const readAnalysis = (file: Blob): Promise<AnalysisFile | null> => reader.call('read', { file });
