import { serve } from '../rpc/serve';
import { analysisInFile } from './analysis-file';
import type { ReadingMethods } from './analysis-reader';

serve<ReadingMethods>({ read: async ({ file }) => ({ result: await analysisInFile(file) }) });
