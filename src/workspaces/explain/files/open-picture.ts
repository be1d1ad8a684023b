import { loadCode } from '../../../code/missing-code';
import { baseName, type NamedFile } from '../../../files/named-file';
import { warn } from '../../../state/alerts';
import { shortened } from '../../../text/shorten';
import { openFile } from '../explain-controller';

/**
 * Opens a picture, or the analysis that a figure exported here carries.
 * @returns whether it is on screen now
 */
export const openPicture = async (file: NamedFile): Promise<boolean> =>
  (await openAnalysis(file)) || openFile(file.blob, file.path);

/** Opens the analysis that a file is or carries; false where it carries none. */
export async function openAnalysis({ path, blob }: NamedFile): Promise<boolean> {
  const name = baseName(path);
  try {
    const analysis = await analysisIn(blob);
    if (analysis) await (await loadCode(() => import('./restore'))).restore(analysis, name);
    return analysis !== null;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AnalysisFileError')) throw error;
    warn('explain', `${shortened(name)}: ${error.message}`);
    return true;
  }
}

async function analysisIn(blob: Blob) {
  const start = new Uint8Array(await blob.slice(0, 8).arrayBuffer());
  // The signature of PNG: other pictures are opened without the code that reads analyses.
  const isPng = start[0] === 0x89 && start[1] === 0x50;
  if (!isPng && !/^[\s\uFEFF]*\{/.test(new TextDecoder().decode(start))) return null;
  return (await loadCode(() => import('../../../export/analysis-reader'))).readAnalysis(blob);
}
